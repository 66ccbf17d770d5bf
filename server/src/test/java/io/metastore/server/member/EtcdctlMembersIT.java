package io.metastore.server.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metastore.server.process.ServerProgram;
import io.metastore.server.readme.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Command lines of `etcdctl` about members while a cluster grows and shrinks: the file says what they print against
/// the real etcd 3.7.1, and how members end.
///
///     … -Detcd.program=/path/etcd                          needs the etcdctl beside it, or one on the path
///     … -Detcd.program=/path/etcd -Dgolden.update=true     records anew
class EtcdctlMembersIT {
    private static final Path RECORDED = Path.of("src/test/resources/io/metastore/server/member/etcdctl.txt");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    @Test
    void etcdctlPrintsWhatItPrintsAgainstEtcd() throws IOException {
        var recorded = Files.readString(RECORDED);
        var program = UPDATE ? ServerProgram.etcd().orElseThrow() : ServerProgram.underTest();
        try (var cluster = new GrowingCluster(program)) {
            var shell = Shell.withEtcdctl(cluster.folder(), cluster.clientUrl("m1"));
            assumeThat(shell).as("there is no etcdctl on this machine").isPresent();
            var play = new MembersPlay(cluster, shell.orElseThrow());
            var printed = new StringBuilder();
            recorded.lines()
                    .filter(line -> line.matches("[$~+] .*"))
                    .forEach(line -> printed.append(line).append('\n').append(play.play(line)));

            if (UPDATE) {
                Files.writeString(RECORDED, printed);
            } else {
                assertThat(printed).hasToString(recorded);
            }
        }
    }
}
