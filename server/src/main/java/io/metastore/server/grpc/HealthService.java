package io.metastore.server.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.services.HealthStatusManager;

/// gRPC's health service with the text that grpc-go has for a service it does not know; that of grpc-java names the
/// service.
final class HealthService {
    private HealthService() {}

    static ServerServiceDefinition of(HealthStatusManager health) {
        ServerInterceptor goTexts = new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                return next.startCall(new GoTexts<>(call), headers);
            }
        };
        return ServerInterceptors.intercept(health.getHealthService(), goTexts);
    }

    private static final class GoTexts<Q, A> extends SimpleForwardingServerCall<Q, A> {
        GoTexts(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            super.close(
                    status.getCode() == Status.Code.NOT_FOUND ? status.withDescription("unknown service") : status,
                    trailers);
        }
    }
}
