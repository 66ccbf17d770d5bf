package io.metastore.server.grpc.http;

import io.grpc.netty.ProtocolNegotiationEvent;
import io.metastore.server.http.TlsHandshake;
import io.metastore.server.tls.ServerTls;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;

/// A handshake on gRPC's port. gRPC starts its negotiation before there is a connection; it is told later that there
/// is one.
public final class NegotiatedTls extends TlsHandshake {
    public NegotiatedTls(ServerTls tls, ChannelHandler next) {
        super(tls, next);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof ProtocolNegotiationEvent)) {
            super.userEventTriggered(context, event);
        }
    }
}
