package io.metastore.server.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLogBase;
import org.apache.ratis.util.SizeInBytes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CacheEvictionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ENTRY_BYTES = 20_000;
    private static final int ENTRIES = 60;

    private final RatisMember member;
    private final RaftServer.Division division;
    private final RaftLogBase log;
    private final Thread closer;

    CacheEvictionIT(@TempDir Path directory) throws IOException {
        var launch = RatisMember.Launch.at(directory);
        Log.setSegmentCacheNumMax(launch.properties(), 2);
        Log.setSegmentCacheSizeMax(launch.properties(), SizeInBytes.valueOf("1"));
        member = RatisMember.start(new RatisMember.Store(TermIndex.valueOf(0, -1)), launch);
        division = member.division();
        log = (RaftLogBase) division.getRaftLog();
        closer = Thread.ofPlatform().name("closer").daemon().unstarted(division::close);
    }

    @BeforeEach
    void write() throws IOException {
        for (int number = 0; number < ENTRIES; number++) {
            member.write(ENTRY_BYTES);
        }
    }

    @AfterEach
    void end() throws IOException {
        member.close();
    }

    @Test
    void theDangerALogThatIsClosedWhileASegmentIsToBeDroppedIsNeverClosed() throws Exception {
        closeWhileASegmentIsToBeDropped();

        awaitIn(closer, "org.apache.ratis.util.AwaitToRun", "close");
        assertThat(closer.join(Duration.ofSeconds(1))).isFalse();
        closer.interrupt();
        assertThat(closer.join(PATIENCE)).isTrue();
    }

    @Test
    void aLogWhoseEvictionHasEndedIsClosed() throws Exception {
        CacheEviction.end(division);

        try (var _ = log.writeLock()) {
            closer.start();
            awaitIn(closer, RaftLogBase.class.getName(), "writeLock");
            readOldEntries();
        }
        assertThat(closer.join(PATIENCE)).isTrue();
    }

    @Test
    void theThreadEndsOnceAndNobodyMissesIt() throws Exception {
        var thread = thread();
        CacheEviction.end(division);
        CacheEviction.end(division);

        assertThat(thread.isAlive()).isFalse();
        member.write(ENTRY_BYTES);
        assertThat(log.getLastCommittedIndex()).isGreaterThan(ENTRIES);
    }

    /// The one who closes waits for the lock first, then the thread that drops segments does.
    private void closeWhileASegmentIsToBeDropped() {
        var eviction = thread();
        try (var _ = log.writeLock()) {
            closer.start();
            awaitIn(closer, RaftLogBase.class.getName(), "writeLock");
            Awaitility.await().pollInSameThread().atMost(PATIENCE).until(() -> {
                readOldEntries();
                return isIn(eviction, RaftLogBase.class.getName(), "writeLock");
            });
        }
    }

    /// What is not in the heap is read from the disk, and asks for room in the heap.
    private void readOldEntries() throws IOException {
        for (long index = 1; index <= ENTRIES; index++) {
            log.get(index);
        }
    }

    private Thread thread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(CacheEviction.nameOf(division)))
                .findAny()
                .orElseThrow();
    }

    private static void awaitIn(Thread thread, String type, String method) {
        Awaitility.await().atMost(PATIENCE).until(() -> isIn(thread, type, method));
    }

    private static boolean isIn(Thread thread, String type, String method) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(type)
                        && frame.getMethodName().equals(method));
    }
}
