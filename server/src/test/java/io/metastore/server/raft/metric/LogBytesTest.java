package io.metastore.server.raft.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogBytesTest {
    private final AtomicLong size = new AtomicLong(100);
    private final LogBytes bytes = new LogBytes(size::get);

    @Test
    void whatWasThereBeforeDoesNotCountAndWhatIsAddedDoes() {
        assertThat(bytes.written()).isZero();

        size.addAndGet(30);
        bytes.look();
        size.addAndGet(12);

        assertThat(bytes.written()).isEqualTo(42);
        assertThat(bytes.written()).isEqualTo(42);
    }

    @Test
    void whatIsPurgedOrCutOffWasWrittenAllTheSame() {
        size.addAndGet(30);
        bytes.look();
        size.addAndGet(-100);

        assertThat(bytes.written()).isEqualTo(30);

        size.addAndGet(5);
        assertThat(bytes.written()).isEqualTo(35);
    }
}
