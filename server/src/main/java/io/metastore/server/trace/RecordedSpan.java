package io.metastore.server.trace;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.concurrent.Executor;

/// Work that is followed.
///
/// @param parent what it is a part of
record RecordedSpan(io.opentelemetry.api.trace.Span span, Context parent, Means means) implements Span {
    /// What all spans share.
    ///
    /// @param current where threads find what they work for
    /// @param none what they find when they work for nobody
    record Means(Tracer tracer, ScopedValue<Span> current, Span none) {}

    @Override
    public boolean isRecorded() {
        return true;
    }

    @Override
    public Span child(String name) {
        return begun(name, parent.with(span));
    }

    @Override
    public Span next(String name) {
        end();
        return begun(name, parent);
    }

    private Span begun(String name, Context within) {
        var begun = means.tracer().spanBuilder(name).setParent(within).startSpan();
        return new RecordedSpan(begun, within, means);
    }

    @Override
    public void tell(String attribute, String value) {
        span.setAttribute(attribute, value);
    }

    @Override
    public void tell(String attribute, long value) {
        span.setAttribute(attribute, value);
    }

    @Override
    public void failed(String why) {
        span.setStatus(StatusCode.ERROR, why);
    }

    @Override
    public void end() {
        span.end();
    }

    @Override
    public void within(Runnable work) {
        ScopedValue.where(means.current(), this).run(work);
    }

    @Override
    public void aside(Runnable work) {
        ScopedValue.where(means.current(), means.none()).run(work);
    }

    @Override
    public Executor over(Executor executor) {
        return work -> executor.execute(() -> within(work));
    }
}
