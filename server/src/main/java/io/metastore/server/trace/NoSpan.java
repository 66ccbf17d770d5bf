package io.metastore.server.trace;

import java.util.concurrent.Executor;

/// Work that nobody follows: nothing here takes time or memory.
record NoSpan() implements Span {
    @Override
    public boolean isRecorded() {
        return false;
    }

    @Override
    public Span child(String name) {
        return this;
    }

    @Override
    public Span next(String name) {
        return this;
    }

    @Override
    public void tell(String attribute, String value) {}

    @Override
    public void tell(String attribute, long value) {}

    @Override
    public void failed(String why) {}

    @Override
    public void end() {}

    @Override
    public void within(Runnable work) {
        work.run();
    }

    @Override
    public void aside(Runnable work) {
        work.run();
    }

    @Override
    public Executor over(Executor executor) {
        return executor;
    }
}
