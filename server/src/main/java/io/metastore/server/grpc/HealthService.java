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

/// gRPC's health service with what etcd asks of every call, so that a learner does not serve it, and with the text that
/// grpc-go has for a service it does not know; that of grpc-java names the service.
final class HealthService {
    private HealthService() {}

    static ServerServiceDefinition of(HealthStatusManager health, Admission admission) {
        ServerInterceptor asEtcd = new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                return admission
                        .refuses(headers, false)
                        .map(error -> StreamCall.refused(call, error))
                        .orElseGet(() -> next.startCall(new GoTexts<>(call), headers));
            }
        };
        return ServerInterceptors.intercept(health.getHealthService(), asEtcd);
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
