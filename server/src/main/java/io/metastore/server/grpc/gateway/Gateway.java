package io.metastore.server.grpc.gateway;

import com.google.protobuf.Message;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.metastore.server.grpc.http.EtcdSite;
import io.metastore.server.http.Endpoint;
import io.metastore.server.http.Exchange;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// Serves etcd's methods as JSON over HTTP. A call's answers come one to a line if it is a stream.
///
///     POST /v3/kv/put {"key":"Zm9v","value":"YmFy"}  →  {"header":{"revision":"2", ...}}
///     POST /v3/watch {"create_request":{...}}         →  {"result":{...}} for each answer, until the client goes
///
/// Small requests and answers are read and written on the event loop, large ones elsewhere. Source: grpc-gateway.
public final class Gateway implements Endpoint {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Function<EventLoop, Channel> services;
    private final Executor elsewhere;
    private final int maxMessageBytes;

    /// @param services where all methods are served, to callers on this loop
    /// @param elsewhere runs what takes long
    /// @param maxMessageBytes the largest request that is served
    public Gateway(Function<EventLoop, Channel> services, Executor elsewhere, int maxMessageBytes) {
        this.services = services;
        this.elsewhere = elsewhere;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public void serve(Exchange exchange) {
        var method = Paths.method(EtcdSite.below(exchange.request()));
        if (method.isEmpty()) {
            exchange.answer(Errors.answer(Status.NOT_FOUND.withDescription("Not Found")));
        } else if (isPost(exchange)) {
            call(exchange, method.get());
        } else {
            exchange.answer(Errors.answer(Status.UNIMPLEMENTED.withDescription("Method Not Allowed")));
        }
    }

    private static boolean isPost(Exchange exchange) {
        var request = exchange.request();
        var override = request.headers().get("X-HTTP-Method-Override", "");
        boolean overridden =
                !override.isEmpty() && request.headers().get("Content-Type", "").equals(FORM);
        return request.method().equals(HttpMethod.POST) && (!overridden || override.equalsIgnoreCase("POST"));
    }

    private <Q extends Message, A extends Message> void call(Exchange exchange, MethodDescriptor<Q, A> method) {
        try {
            var caller = Caller.of(exchange.request().headers());
            var call = new Call<>(
                    exchange,
                    services.apply(exchange.loop()).newCall(method, caller.options()),
                    new Requests<>(exchange.request().body().shared(), prototype(method), maxMessageBytes),
                    elsewhere);
            if (method.getType().serverSendsOneMessage()) {
                new UnaryCall<>(call).start(caller.metadata());
            } else {
                new StreamedCall<>(call, method.getType().clientSendsOneMessage()).start(caller.metadata());
            }
        } catch (StatusException e) {
            exchange.answer(Errors.answer(e.getStatus()));
        }
    }

    /// etcd's messages are made by protobuf's compiler, whose marshallers know them.
    private static <Q extends Message> Q prototype(MethodDescriptor<Q, ?> method) {
        if (method.getRequestMarshaller() instanceof MethodDescriptor.PrototypeMarshaller<Q> marshaller) {
            return Objects.requireNonNull(marshaller.getMessagePrototype(), method.getFullMethodName());
        }
        throw new IllegalArgumentException("no message of protobuf's: " + method.getFullMethodName());
    }
}
