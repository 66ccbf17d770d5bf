package io.metastore.server.datadir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.ServerConfig;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A member that knows who it is, and was cut short before its Raft log existed.
class FirstStartTest {
    @TempDir
    Path base;

    @Test
    void itGoesOnWithTheSameFoundersOnly() {
        var config = ServerConfig.defaults(base.resolve("data"));
        claim(config).close();
        var others = new Bootstrap(
                Bootstrap.parseMembers("default=http://localhost:2380,other=http://localhost:9"),
                Bootstrap.State.NEW,
                Bootstrap.DEFAULT_TOKEN);

        try (var again = claim(config)) {
            assertThat(again.founders(config).clusterId()).isEqualTo(again.clusterId());
            assertThatThrownBy(() -> again.founders(Changed.with(config, others)))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("was cut short, and it was for other founders than "
                            + "default=http://localhost:2380,other=http://localhost:9");
        }
    }

    private static DataDirectory claim(ServerConfig config) {
        return DataDirectory.claim(config, new Surroundings(_ -> List.of(), InetAddress::getByName));
    }
}
