package io.metastore.server.etcdctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Command lines of `etcdctl`: files say what they print against the real etcd 3.7.1, and how they end. What differs
/// from run to run (times, ids that a server chose) the lines take out themselves.
///
///     … -Detcd.program=/path/etcd                          needs the etcdctl beside it, or one on the path
///     … -Detcd.program=/path/etcd -Dgolden.update=true     records anew
class EtcdctlIT {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    static List<String> files() {
        return CommandLines.FILES;
    }

    @ParameterizedTest
    @MethodSource("files")
    void etcdctlPrintsWhatItPrintsAgainstEtcd(String name) throws IOException {
        var lines = CommandLines.of(name);

        var program = UPDATE ? ServerProgram.etcd().orElseThrow() : ServerProgram.underTest();
        var printed = lines.printed(program, Optional.empty());

        if (UPDATE) {
            Files.writeString(lines.file(), printed);
        } else {
            assertThat(printed).isEqualTo(lines.recorded());
        }
    }
}
