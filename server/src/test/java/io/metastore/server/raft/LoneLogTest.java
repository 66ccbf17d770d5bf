package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.apply.Position;
import io.metastore.server.config.ConfigException;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.process.FolderDigest;
import io.metastore.server.raft.log.CheckedLog;
import io.metastore.server.raft.log.Configurations;
import io.metastore.server.raft.log.Depth;
import io.metastore.server.raft.log.Evidence;
import io.metastore.server.raft.log.LogAppendix;
import io.metastore.server.raft.log.LogCheck;
import io.metastore.server.raft.log.LogFiles;
import io.metastore.server.raft.member.LoneConfiguration;
import io.metastore.server.raft.member.RaftPeers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoneLogTest {
    private static final RaftPeer SELF =
            RaftPeers.peer(Member.unstarted(new MemberId(1), List.of("http://a:1"), false), "a:1");
    private static final TermIndex FLUSHED = TermIndex.valueOf(2, 14);
    /// As after another member's state was taken over, in term 3.
    private static final Position TAKEN_OVER = new Position(3, 35);

    @TempDir
    Path group;

    private LogFiles files;

    @BeforeEach
    void make() throws IOException {
        files = new LogFiles(group);
        files.meta(4);
    }

    @Test
    void theEntryFollowsTheNewestOneInATermAboveAll() throws IOException {
        files.open(10, 14, 2);

        var at = lone(new Position(2, 12)).leaveAlone(SELF);

        assertThat(at).isEqualTo(TermIndex.valueOf(5, 15));
        assertThat(isAlone(new Position(2, 12))).isTrue();
    }

    /// The danger: the crash came between the state that was taken over and the end of the log that it replaces.
    @Test
    void behindALogThatEndsBeforeTheStoreTheEntryCannotBePut() throws IOException {
        files.open(10, 14, 2);

        assertThatThrownBy(() -> LogAppendix.add(group, LoneConfiguration.entry(TermIndex.valueOf(5, 36), SELF)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the log ends with entry 14, so entry 36 is not the next");
    }

    /// The same danger with a closed segment: the entry is there, behind a hole.
    @Test
    void behindAClosedLogThatEndsBeforeTheStoreTheEntryWouldLeaveAHole() throws IOException {
        files.closed(10, 14, 2);

        LogAppendix.add(group, LoneConfiguration.entry(TermIndex.valueOf(5, 36), SELF));

        assertThat(files.current().resolve("log_10-14")).exists();
        assertThat(files.current().resolve("log_inprogress_36")).exists();
    }

    @Test
    void aLogThatEndsBeforeTheStoreGivesWay() throws IOException {
        files.closed(0, 9, 1);
        files.open(10, 14, 2);

        var at = lone(TAKEN_OVER).leaveAlone(SELF);

        assertThat(at).isEqualTo(TermIndex.valueOf(5, 36));
        assertThat(LogFiles.readByRatis(files.current().resolve("log_inprogress_36")))
                .containsExactly(36L);
        assertThat(files.current().resolve("log_0-9")).doesNotExist();
        assertThat(check(TAKEN_OVER)).isEqualTo(new CheckedLog(36, at, 0));
        assertThat(isAlone(TAKEN_OVER)).isTrue();
    }

    @Test
    void anEmptyLogBehindAStoreBeginsWithTheEntry() throws IOException {
        var at = lone(TAKEN_OVER).leaveAlone(SELF);

        assertThat(check(TAKEN_OVER)).isEqualTo(new CheckedLog(36, at, 0));
        assertThat(isAlone(TAKEN_OVER)).isTrue();
    }

    /// The danger: nothing in the log and nothing in the store passes every check, and with the entry it would be a
    /// cluster in which what is looked for is not.
    @Test
    void aMemberThatGotNothingWouldBeAClusterWithNothing() {
        LogAppendix.add(group, LoneConfiguration.entry(TermIndex.valueOf(1, 0), SELF));

        assertThat(check(Position.NONE)).isEqualTo(new CheckedLog(0, TermIndex.valueOf(1, 0), 0));
    }

    @Test
    void aMemberThatGotNothingIsRefusedAndNothingIsChanged() {
        var before = FolderDigest.of(group);

        assertThatThrownBy(() -> lone(Position.NONE).leaveAlone(SELF))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("its log and its store are empty");

        assertThat(FolderDigest.of(group)).isEqualTo(before);
    }

    /// Every state that a crash can leave, made by hand: the term is raised; so many of the old files are deleted; so
    /// many bytes of the new one are written.
    @Test
    void aCrashAtAnyStepLeavesAMemberThatIsAloneOrCanBeMadeSo() throws IOException {
        files.closed(0, 9, 1);
        files.open(10, 14, 2);
        var first = Files.readAllBytes(files.current().resolve("log_0-9"));
        var second = Files.readAllBytes(files.current().resolve("log_inprogress_10"));
        lone(TAKEN_OVER).leaveAlone(SELF);
        var last = Files.readAllBytes(files.current().resolve("log_inprogress_36"));

        for (int deleted = 0; deleted <= 2; deleted++) {
            empty();
            if (deleted == 0) {
                Files.write(files.current().resolve("log_0-9"), first);
            }
            if (deleted <= 1) {
                Files.write(files.current().resolve("log_inprogress_10"), second);
            }
            assertCanBeMadeAlone();
        }
        for (int written = 0; written < last.length; written++) {
            empty();
            Files.write(files.current().resolve("log_inprogress_36"), Arrays.copyOf(last, written));
            assertCanBeMadeAlone();
        }
    }

    @Test
    void aCrashAfterTheEntryLeavesAMemberThatIsAloneAndMayBeMadeSoAgain() throws IOException {
        files.open(10, 14, 2);
        var applied = new Position(2, 12);
        lone(applied).leaveAlone(SELF);

        var again = lone(applied).leaveAlone(SELF);

        assertThat(again).isEqualTo(TermIndex.valueOf(6, 16));
    }

    private void assertCanBeMadeAlone() {
        var at = lone(TAKEN_OVER).leaveAlone(SELF);

        assertThat(at.getIndex()).isEqualTo(36);
        assertThat(check(TAKEN_OVER).last()).isEqualTo(at);
        assertThat(isAlone(TAKEN_OVER)).isTrue();
    }

    private void empty() throws IOException {
        try (var all = Files.list(files.current())) {
            for (var file : all.filter(each -> each.getFileName().toString().startsWith("log_"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    private LoneLog lone(Position applied) {
        return new LoneLog(group, check(applied), applied);
    }

    private CheckedLog check(Position applied) {
        return LogCheck.run(group, evidence(applied), Depth.QUICK);
    }

    private static Evidence evidence(Position applied) {
        return applied.equals(Position.NONE)
                ? new Evidence(TermIndex.INITIAL_VALUE, -1)
                : new Evidence(FLUSHED, applied.index());
    }

    private boolean isAlone(Position applied) {
        var newest = Configurations.newest(group, check(applied)).orElse(LogEntryProto.getDefaultInstance());
        return LoneConfiguration.isAt(newest.getIndex(), newest.getConfigurationEntry());
    }
}
