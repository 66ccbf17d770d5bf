package io.metastore.server.differential;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A call in progress, of any kind: what is sent and what has come so far. One thread of the test uses it.
///
/// @param <T> what goes and comes: messages, or bytes
final class OpenCall<T> {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofMillis(300);

    /// What the server did: a message, or the end.
    sealed interface Signal<T> {
        record Message<T>(T content) implements Signal<T> {}

        record End<T>(Status status) implements Signal<T> {}
    }

    private final ClientCall<T, T> call;
    private final LinkedBlockingQueue<Signal<T>> signals = new LinkedBlockingQueue<>();

    OpenCall(Channel channel, MethodDescriptor<T, T> method, Metadata metadata) {
        call = channel.newCall(method, CallOptions.DEFAULT);
        call.start(new Receiver(), metadata);
        call.request(Integer.MAX_VALUE);
    }

    void send(T message) {
        call.sendMessage(message);
    }

    /// The client sends no more.
    void finish() {
        call.halfClose();
    }

    void abort() {
        call.cancel("given up by the script", null);
    }

    /// The next message or the end.
    ///
    /// @throws AssertionError when neither comes in time
    Signal<T> next() {
        return poll(LIMIT).orElseThrow(() -> new AssertionError("nothing arrived within " + LIMIT));
    }

    /// What arrives although nothing should, if anything does.
    Optional<Signal<T>> unexpected() {
        return poll(SILENCE);
    }

    /// All signals to the end, which is the last one.
    List<Signal<T>> rest() {
        var rest = new ArrayList<Signal<T>>();
        do {
            rest.add(next());
        } while (!(rest.getLast() instanceof Signal.End<T>));
        return rest;
    }

    private Optional<Signal<T>> poll(Duration limit) {
        try {
            return Optional.ofNullable(signals.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an answer", e);
        }
    }

    private final class Receiver extends ClientCall.Listener<T> {
        @Override
        public void onMessage(T message) {
            signals.add(new Signal.Message<>(message));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            signals.add(new Signal.End<>(status));
        }
    }
}
