package io.metastore.server.trace;

import java.util.concurrent.Executor;

/// A piece of work with a beginning and an end: a request, or a stage of it. It is ended once; what is told after that
/// is not heard.
public sealed interface Span permits NoSpan, RecordedSpan {
    /// Whether anybody will see it. Where following a request takes an object, it is to be asked first.
    boolean isRecorded();

    /// A part of this work begins.
    Span child(String name);

    /// This work ends, and what follows it in the same request begins.
    Span next(String name);

    /// More about it. Keys, values and secrets do not belong here.
    void tell(String attribute, String value);

    void tell(String attribute, long value);

    /// It went wrong, for a reason on this side.
    void failed(String why);

    void end();

    /// Does `work`, for which this is the current span meanwhile, see `Tracing.current`.
    void within(Runnable work);

    /// Does `work`, which may be for others too, with no current span.
    void aside(Runnable work);

    /// The same executor, with this as the current span of all that it runs.
    Executor over(Executor executor);
}
