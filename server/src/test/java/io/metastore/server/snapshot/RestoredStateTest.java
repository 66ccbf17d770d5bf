package io.metastore.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.MemberId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoredStateTest {
    private static final RestorePlan PLAN = new RestorePlan(
            new Bump(7), List.of(new MemberRecord(new MemberId(5), "m1", List.of("http://a:1"), List.of(), false)));

    @TempDir
    Path directory;

    @Test
    void whatIsRestoredIsFoundAgainUntilItIsDiscarded() throws IOException {
        var ours = directory.resolve("metastore").resolve("restored");

        RestoredState.restore(Recorded.file("history.db"), ours, PLAN, true);

        var found = RestoredState.find(directory, ours).orElseThrow();
        assertThat(found.plan()).isEqualTo(PLAN);
        assertThat(found.file()).hasSize(61_440);
        found.discard();
        assertThat(RestoredState.find(directory, ours)).isEmpty();
        assertThat(ours).doesNotExist();
    }

    @Test
    void aFileWithoutItsDigestIsRefusedUnlessThatIsSkipped() throws IOException {
        var ours = directory.resolve("metastore").resolve("restored");
        var bare = Recorded.file("restored.db");

        assertThatThrownBy(() -> RestoredState.restore(bare, ours, PLAN, true))
                .isInstanceOf(SnapshotException.class)
                .hasMessage("snapshot missing hash but --skip-hash-check=false");
        assertThat(directory).isEmptyDirectory();
        RestoredState.restore(bare, ours, PLAN, false);

        assertThat(RestoredState.find(directory, ours)).isPresent();
    }

    @Test
    void anotherDigestIsRefusedInEtcdutlsWords() throws IOException {
        byte[] bytes = Files.readAllBytes(Recorded.file("fresh.db"));
        Arrays.fill(bytes, bytes.length - 32, bytes.length, (byte) 255);
        var file = Files.write(directory.resolve("file"), bytes);

        assertThatThrownBy(
                        () -> RestoredState.restore(file, directory.resolve("d").resolve("restored"), PLAN, true))
                .isInstanceOf(SnapshotException.class)
                .hasMessageMatching("expected sha256 \\[255( 255){31}], got \\[\\d+( \\d+){31}]");
    }

    @Test
    void aDamagedFileIsRefusedEvenWhenItsDigestIsSkipped() throws IOException {
        byte[] bytes = Files.readAllBytes(Recorded.file("history.db"));
        Arrays.fill(bytes, 2 * 4096, bytes.length, (byte) 0);
        var file = Files.write(directory.resolve("file"), bytes);
        var ours = directory.resolve("d").resolve("restored");

        assertThatThrownBy(() -> RestoredState.restore(file, ours, PLAN, false)).isInstanceOf(SnapshotException.class);

        assertThat(directory.resolve("d")).doesNotExist();
    }

    @Test
    void theRestOfARestoreThatWasCutShortIsInNobodysWay() throws IOException {
        var ours = directory.resolve("metastore").resolve("restored");
        Files.createDirectories(directory.resolve("metastore").resolve("restored.new"));
        Files.writeString(directory.resolve("metastore").resolve("restored.new").resolve("db"), "half");
        assertThat(RestoredState.find(directory, ours)).isEmpty();

        RestoredState.restore(Recorded.file("history.db"), ours, PLAN, true);

        assertThat(RestoredState.find(directory, ours)).isPresent();
    }

    @Test
    void whatEtcdutlRestoredIsFoundAndPutAside() throws IOException {
        var state = Files.createDirectories(directory.resolve("member").resolve("snap"))
                .resolve("db");
        Files.copy(Recorded.file("restored.db"), state);

        var found = RestoredState.find(directory, directory.resolve("ours")).orElseThrow();

        assertThat(found.file()).isEqualTo(state);
        assertThat(found.plan().bump()).isEqualTo(Bump.NONE);
        assertThat(found.plan().members()).extracting(MemberRecord::name).containsExactly("default");
        found.discard();
        assertThat(directory.resolve("member")).doesNotExist();
        assertThat(directory.resolve("member.imported")).isDirectory();
    }

    @Test
    void theDirectoryOfAnEtcdThatHasRunIsRefused() throws IOException {
        var snap = Files.createDirectories(directory.resolve("member").resolve("snap"));
        Files.copy(Recorded.file("history.db"), snap.resolve("db"));

        assertThatThrownBy(() -> RestoredState.find(directory, directory.resolve("ours")))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("holds the data of an etcd that has run on it");
    }
}
