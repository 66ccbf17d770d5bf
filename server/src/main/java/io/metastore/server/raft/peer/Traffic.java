package io.metastore.server.raft.peer;

import io.metastore.server.raft.metric.RaftMeter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.Channel;
import org.apache.ratis.thirdparty.io.grpc.ClientCall;
import org.apache.ratis.thirdparty.io.grpc.ClientInterceptor;
import org.apache.ratis.thirdparty.io.grpc.ClientStreamTracer;
import org.apache.ratis.thirdparty.io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import org.apache.ratis.thirdparty.io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.ServerStreamTracer;
import org.apache.ratis.thirdparty.io.grpc.Status;

/// Measures what goes between this member and each other one, in both directions: each call names its caller. A
/// connection may be there before it is known which member is at its other end; what passes until then is not
/// counted.
public final class Traffic extends ServerStreamTracer.Factory implements ClientInterceptor {
    private static final Metadata.Key<String> CALLER =
            Metadata.Key.of("metastore-member", Metadata.ASCII_STRING_MARSHALLER);

    /// Who calls is only what he says of himself.
    private static final int MOST_CALLERS = 64;

    private final String self;
    private final RaftMeter meter;
    private final Map<String, Line> byAddress = new ConcurrentHashMap<>();
    private final Map<String, Line> byCaller = new ConcurrentHashMap<>();
    private final Map<String, RaftMeter.Peer> peers = new ConcurrentHashMap<>();

    /// @param self the id of this member as text
    public Traffic(String self, RaftMeter meter) {
        this.self = self;
        this.meter = meter;
    }

    /// Of which nobody is told.
    static Traffic unmeasured() {
        return new Traffic("", RaftMeter.NONE);
    }

    /// The other member at this address (host:port); from now on what goes there and comes from it is counted.
    public RaftMeter.Peer name(String address, String member) {
        var peer = peers.computeIfAbsent(member, meter::peer);
        to(address).peer = peer;
        from(member).peer = peer;
        return peer;
    }

    void late() {
        meter.heartbeatLate();
    }

    private Line to(String address) {
        return byAddress.computeIfAbsent(address, _ -> new Line());
    }

    private Line from(String caller) {
        var known = byCaller.get(caller);
        if (known != null) {
            return known;
        }
        return byCaller.size() < MOST_CALLERS ? byCaller.computeIfAbsent(caller, _ -> new Line()) : new Line();
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        var caller = headers.get(CALLER);
        return new Incoming(caller == null ? new Line() : from(caller));
    }

    @Override
    public <I, O> ClientCall<I, O> interceptCall(MethodDescriptor<I, O> method, CallOptions options, Channel next) {
        var line = to(String.valueOf(next.authority()));
        return new SimpleForwardingClientCall<>(next.newCall(method, options.withStreamTracerFactory(line))) {
            @Override
            public void start(Listener<O> replies, Metadata headers) {
                headers.put(CALLER, self);
                super.start(line.watching(replies), headers);
            }
        };
    }

    /// The way to, or from, one other member.
    private static final class Line extends ClientStreamTracer.Factory {
        private volatile RaftMeter.Peer peer = RaftMeter.Peer.NONE;

        @Override
        public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
            return new Outgoing(this);
        }

        <O> ClientCall.Listener<O> watching(ClientCall.Listener<O> replies) {
            return new SimpleForwardingClientCallListener<>(replies) {
                @Override
                public void onClose(Status status, Metadata trailers) {
                    if (isFailure(status)) {
                        peer.sendFailed();
                    }
                    super.onClose(status, trailers);
                }
            };
        }

        /// What this side gave up is no failure.
        static boolean isFailure(Status status) {
            return !status.isOk() && status.getCode() != Status.Code.CANCELLED;
        }
    }

    private static final class Outgoing extends ClientStreamTracer {
        private final Line line;

        Outgoing(Line line) {
            this.line = line;
        }

        @Override
        public void outboundWireSize(long bytes) {
            line.peer.sent(bytes);
        }

        @Override
        public void inboundWireSize(long bytes) {
            line.peer.received(bytes);
        }
    }

    private static final class Incoming extends ServerStreamTracer {
        private final Line line;

        Incoming(Line line) {
            this.line = line;
        }

        @Override
        public void inboundWireSize(long bytes) {
            line.peer.received(bytes);
        }

        @Override
        public void outboundWireSize(long bytes) {
            line.peer.sent(bytes);
        }

        @Override
        public void streamClosed(Status status) {
            if (Line.isFailure(status)) {
                line.peer.receiveFailed();
            }
        }
    }
}
