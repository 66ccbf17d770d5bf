package io.metastore.server.raft;

import io.metastore.server.config.RaftConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tests that share one cluster: it is started before the first of them, and whole again before each.
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
abstract class ClusterTests {
    private final RaftConfig timing;
    TestCluster cluster;

    ClusterTests(RaftConfig timing) {
        this.timing = timing;
    }

    @BeforeAll
    void startCluster(@TempDir Path directory) throws IOException {
        cluster = new TestCluster(directory, timing);
    }

    @AfterAll
    void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void heal() throws IOException {
        cluster.heal();
    }
}
