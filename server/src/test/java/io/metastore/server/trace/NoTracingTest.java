package io.metastore.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.metastore.server.config.TracingConfig;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class NoTracingTest {
    private static final int REQUESTS = 10_000;

    private final Tracing tracing = Tracing.start(new TracingConfig.Off());
    private final Runnable work = this::nothing;
    private final Executor executor = Runnable::run;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aRequestThatNobodyFollowsTakesNoMemory() {
        long idle = allocated(this::nothing);

        assertThat(allocated(this::request) - idle).isLessThan(REQUESTS);
    }

    private void nothing() {}

    /// All that parts do with what they are given.
    private void request() {
        for (int i = 0; i < REQUESTS; i++) {
            var request = tracing.isOn() ? tracing.request("r", _ -> Optional.empty()) : tracing.current();
            request.within(work);
            request.over(executor).execute(work);
            var stage = tracing.current().child("admit");
            stage.tell("a", "b");
            stage.tell("c", i);
            stage = stage.next("propose");
            if (stage.isRecorded()) {
                throw new AssertionError("somebody follows it");
            }
            stage.failed("why");
            stage.end();
        }
    }

    private long allocated(Runnable task) {
        task.run(); // What is done once is not counted.
        long before = threads.getCurrentThreadAllocatedBytes();
        task.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void nobodyIsAskedWhatHeSent() {
        var span = tracing.request("r", _ -> {
            throw new AssertionError("asked");
        });

        assertThat(span.isRecorded()).isFalse();
        assertThat(span).isSameAs(tracing.current()).isSameAs(span.child("c")).isSameAs(span.next("n"));
    }
}
