package io.metastore.server.raft.propose;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.apply.Entry;
import io.metastore.server.raft.codec.EntryCodec;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Keeps the entries that were sent to it, until the test takes them.
final class FakeSink implements EntrySink {
    private final long epoch;
    private final int maxEntryBytes;
    private final LinkedBlockingQueue<Entry> sent = new LinkedBlockingQueue<>();

    FakeSink(long epoch) {
        this(epoch, 1 << 20);
    }

    FakeSink(long epoch, int maxEntryBytes) {
        this.epoch = epoch;
        this.maxEntryBytes = maxEntryBytes;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public int maxEntryBytes() {
        return maxEntryBytes;
    }

    @Override
    public void send(Outgoing entry) {
        assertThat(EntryCodec.decode(entry.bytes().asReadOnlyByteBuffer())).isEqualTo(entry.decoded());
        sent.add(entry.decoded());
    }

    /// The next entry, which must come soon.
    Entry next() throws InterruptedException {
        var entry = sent.poll(10, TimeUnit.SECONDS);
        assertThat(entry).as("an entry is sent").isNotNull();
        return Objects.requireNonNull(entry);
    }

    /// Whether nothing comes, in a time in which the sender would have come to it.
    boolean staysEmpty() throws InterruptedException {
        return sent.poll(50, TimeUnit.MILLISECONDS) == null;
    }

    boolean isEmpty() {
        return sent.isEmpty();
    }
}
