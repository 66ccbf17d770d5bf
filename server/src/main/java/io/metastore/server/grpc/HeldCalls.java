package io.metastore.server.grpc;

import etcdserverpb.MaintenanceGrpc;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/// Holds the calls that come before this member is ready, and serves them when it is. A member that comes back goes
/// through its log, and would answer by what held at each moment of it: with keys that are long gone, and to whom
/// nobody would let in since.
///
///     log: put secret │ auth enabled │ …
///                     ↑ a member that is here would show the secret to everyone
///
/// A held call costs no more than its headers and what the windows of flow control let through; it ends when its
/// client gives up. Only `Maintenance/Status` is answered at once, which tells of the member and not of its keys.
/// Source: etcd, which serves no client before its member was published.
final class HeldCalls implements ServerInterceptor, AutoCloseable {
    private static final String STATUS = MaintenanceGrpc.getStatusMethod().getFullMethodName();

    private final Set<Held<?, ?>> waiting = new LinkedHashSet<>();
    private volatile boolean ready;

    /// The same service, whose calls are held.
    ServerServiceDefinition held(ServerServiceDefinition service) {
        return ServerInterceptors.intercept(service, this);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
        if (ready || call.getMethodDescriptor().getFullMethodName().equals(STATUS)) {
            return next.startCall(call, metadata);
        }
        var held = new Held<>(call, metadata, next);
        return hold(held) ? held : next.startCall(call, metadata);
    }

    /// Serves what waits, and from now on every call as it comes.
    void release() {
        List<Held<?, ?>> all;
        synchronized (this) {
            ready = true;
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(Held::resume);
    }

    /// Refuses what waits, since this member stops.
    @Override
    public void close() {
        List<Held<?, ?>> all;
        synchronized (this) {
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(Held::refuse);
    }

    private synchronized boolean hold(Held<?, ?> held) {
        if (!ready) {
            waiting.add(held);
        }
        return !ready;
    }

    private synchronized void forget(Held<?, ?> held) {
        waiting.remove(held);
    }

    /// One call. Until it is begun it hears only that it can take an answer, or that its client is gone; while it is
    /// begun it may hear of its request already, on the same thread.
    private final class Held<Q, A> extends ServerCall.Listener<Q> {
        private final ServerCall<Q, A> call;
        private final Metadata metadata;
        private final ServerCallHandler<Q, A> handler;
        private final Context context = Context.current();

        // Guarded by this.
        private final Queue<Consumer<ServerCall.Listener<Q>>> heard = new ArrayDeque<>();
        private Optional<ServerCall.Listener<Q>> begun = Optional.empty();

        private volatile boolean over;

        Held(ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> handler) {
            this.call = call;
            this.metadata = metadata;
            this.handler = handler;
        }

        void resume() {
            loop().execute(context.wrap(() -> {
                if (!over) {
                    begin();
                }
            }));
        }

        void refuse() {
            loop().execute(() -> {
                if (!over) {
                    call.close(EtcdError.STOPPED.status(), new Metadata());
                }
            });
        }

        private LoopExecutor loop() {
            return Objects.requireNonNull(call.getAttributes().get(PortSharing.LOOP));
        }

        private void begin() {
            var listener = handler.startCall(call, metadata);
            for (var next = nextHeard(listener); next.isPresent(); next = nextHeard(listener)) {
                next.get().accept(listener);
            }
        }

        private synchronized Optional<Consumer<ServerCall.Listener<Q>>> nextHeard(ServerCall.Listener<Q> listener) {
            if (heard.isEmpty()) {
                begun = Optional.of(listener);
            }
            return Optional.ofNullable(heard.poll());
        }

        private void tell(Consumer<ServerCall.Listener<Q>> event) {
            listenerOrLater(event).ifPresent(event);
        }

        private synchronized Optional<ServerCall.Listener<Q>> listenerOrLater(Consumer<ServerCall.Listener<Q>> event) {
            if (begun.isEmpty()) {
                heard.add(event);
            }
            return begun;
        }

        @Override
        public void onMessage(Q message) {
            tell(listener -> listener.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            tell(ServerCall.Listener::onHalfClose);
        }

        @Override
        public void onReady() {
            tell(ServerCall.Listener::onReady);
        }

        @Override
        public void onCancel() {
            end();
            tell(ServerCall.Listener::onCancel);
        }

        @Override
        public void onComplete() {
            end();
            tell(ServerCall.Listener::onComplete);
        }

        private void end() {
            over = true;
            forget(this);
        }
    }
}
