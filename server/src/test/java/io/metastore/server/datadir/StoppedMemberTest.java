package io.metastore.server.datadir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.config.ServerConfig;
import io.metastore.server.process.FolderDigest;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppedMemberTest {
    @TempDir
    Path base;

    @Test
    void itIsWhoItWasAndNothingIsChanged() throws IOException {
        run();
        var before = FolderDigest.of(base);

        try (var member = open()) {
            assertThat(member.memberId()).hasToString("8e9e05c52164694d");
            assertThat(Long.toHexString(member.clusterId())).isEqualTo("cdf818194e3a8c32");
            assertThat(member.name()).isEqualTo("default");
        }

        assertThat(FolderDigest.of(base)).isEqualTo(before);
    }

    @Test
    void aDirectoryWithoutAMemberIsRefusedAndStaysAsItIs() throws IOException {
        assertRefused("there is no directory");
        Files.createDirectories(base.resolve("data"));
        assertRefused("holds no member's data");
        Files.createDirectories(base.resolve("data/member"));
        assertRefused("holds the data of an etcd");

        assertThat(FolderDigest.of(base).keySet()).containsExactlyInAnyOrder("", "data", "data/member");
    }

    @Test
    void aMemberThatRunsIsRefused() throws IOException {
        run();
        try (var _ = claim()) {
            assertRefused("is in use by another process");
        }
        open().close();
    }

    @Test
    void aMemberThatNeverRanIsRefused() throws IOException {
        claim().close();

        assertRefused("has never run");
    }

    @Test
    void aMemberThatWasRemovedIsRefused() throws IOException {
        run();
        try (var directory = claim()) {
            directory.removed();
        }

        assertRefused("permanently removed");
    }

    @Test
    void aMemberWithoutItsLogOrWithADamagedIdentityIsRefused() throws IOException {
        run();
        var identity = base.resolve("data/metastore/identity");
        var whole = Files.readAllBytes(identity);

        Files.writeString(identity, "nonsense");
        assertRefused("is damaged");
        Files.write(identity, whole);
        Files.delete(base.resolve("data/metastore/raft/identity"));
        assertRefused("the Raft log of member 8e9e05c52164694d is missing");
        Files.delete(identity);
        assertRefused("is missing, but");
    }

    private void assertRefused(String why) {
        assertThatThrownBy(this::open)
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining(why);
    }

    private StoppedMember open() throws IOException {
        return StoppedMember.open(base.resolve("data"), base.resolve("data"));
    }

    private void run() throws IOException {
        try (var directory = claim()) {
            Files.createDirectories(directory.raft().resolve("group"));
            directory.bootstrapped();
        }
    }

    private DataDirectory claim() {
        return DataDirectory.claim(
                ServerConfig.defaults(base.resolve("data")), new Surroundings(_ -> List.of(), InetAddress::getByName));
    }
}
