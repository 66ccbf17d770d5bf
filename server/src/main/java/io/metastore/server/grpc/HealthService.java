package io.metastore.server.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.health.v1.HealthListRequest;
import io.grpc.health.v1.HealthListResponse;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

/// gRPC's health service with what etcd asks of every call, so that a learner does not serve it, and with what grpc-go
/// has and grpc-java has not: the text for a service that it does not know, and the list of the services that it knows,
/// which is the one without a name, for all.
final class HealthService {
    static final MethodDescriptor<HealthListRequest, HealthListResponse> LIST =
            MethodDescriptor.<HealthListRequest, HealthListResponse>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName(MethodDescriptor.generateFullMethodName(HealthGrpc.SERVICE_NAME, "List"))
                    .setRequestMarshaller(ProtoUtils.marshaller(HealthListRequest.getDefaultInstance()))
                    .setResponseMarshaller(ProtoUtils.marshaller(HealthListResponse.getDefaultInstance()))
                    .build();

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
        return ServerInterceptors.intercept(withList((HealthGrpc.AsyncService) health.getHealthService()), asEtcd);
    }

    private static ServerServiceDefinition withList(HealthGrpc.AsyncService service) {
        var all = ServerServiceDefinition.builder(HealthGrpc.SERVICE_NAME);
        HealthGrpc.bindService(service).getMethods().forEach(all::addMethod);
        return all.addMethod(LIST, ServerCalls.asyncUnaryCall((_, replies) -> list(service, replies)))
                .build();
    }

    /// The manager tells states only as answers.
    private static void list(HealthGrpc.AsyncService service, StreamObserver<HealthListResponse> replies) {
        service.check(HealthCheckRequest.getDefaultInstance(), new StreamObserver<>() {
            @Override
            public void onNext(HealthCheckResponse answer) {
                replies.onNext(HealthListResponse.newBuilder()
                        .putStatuses(
                                HealthStatusManager.SERVICE_NAME_ALL_SERVICES,
                                HealthListResponse.Health.newBuilder()
                                        .setStatus(answer.getStatusValue())
                                        .build())
                        .build());
            }

            @Override
            public void onError(Throwable failure) {
                replies.onError(failure);
            }

            @Override
            public void onCompleted() {
                replies.onCompleted();
            }
        });
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
