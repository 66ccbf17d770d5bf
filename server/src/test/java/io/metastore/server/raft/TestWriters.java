package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.request.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/// Clients of several members: each writes one new key after the other, and all note what was acknowledged. Since no
/// key is written twice on purpose, a command that was applied twice shows in the version of its key.
final class TestWriters {
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger keys = new AtomicInteger();
    private final AtomicInteger active = new AtomicInteger();
    private final String prefix;
    private volatile boolean stopped;

    /// Clients whose keys begin with `prefix`, which no others use.
    TestWriters(String prefix) {
        this.prefix = prefix;
    }

    /// A client that writes through this member until it is stopped or refused.
    void writeThrough(TestMember member) {
        active.incrementAndGet();
        writeNext(member);
    }

    private void writeNext(TestMember member) {
        if (stopped) {
            active.decrementAndGet();
            return;
        }
        var key = key(keys.incrementAndGet());
        var _ = member.put(key, key).thenAccept(outcome -> {
            if (outcome instanceof Outcome.PutDone done) {
                acknowledged.put(key, done.revision());
                writeNext(member);
            } else {
                active.decrementAndGet();
            }
        });
    }

    private String key(int number) {
        return prefix + "-" + number;
    }

    int count() {
        return acknowledged.size();
    }

    /// Returns when no write is on its way any more.
    void stop() {
        stopped = true;
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(TestCluster.PATIENCE)
                .until(() -> active.get() == 0);
    }

    /// Everything acknowledged is in every member, at the revision that was told, and was applied once.
    void checkNothingIsLostOrDoubled(TestCluster cluster) {
        assertThat(acknowledged.values()).doesNotHaveDuplicates();
        for (var member : cluster.members()) {
            assertThat(member.revisions()).isSorted().doesNotHaveDuplicates();
            for (int number = 1; number <= keys.get(); number++) {
                check(member, key(number));
            }
        }
    }

    private void check(TestMember member, String key) {
        var found = member.peek(key);
        found.ifPresent(row -> assertThat(row.version())
                .as("versions of %s at member %s", key, member.id())
                .isEqualTo(1));
        var revision = acknowledged.get(key);
        if (revision != null) {
            assertThat(found)
                    .as("%s at member %s", key, member.id())
                    .hasValueSatisfying(row -> assertThat(row.modRevision()).isEqualTo(revision));
        }
    }
}
