package io.metastore.server.grpc;

import com.google.protobuf.MessageLite;
import etcdserverpb.CompactionRequest;
import etcdserverpb.CompactionResponse;
import etcdserverpb.DeleteRangeRequest;
import etcdserverpb.DeleteRangeResponse;
import etcdserverpb.KVGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.PutResponse;
import etcdserverpb.RangeRequest;
import etcdserverpb.RangeResponse;
import etcdserverpb.TxnRequest;
import etcdserverpb.TxnResponse;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.metastore.server.node.Node;
import io.metastore.server.node.Right;
import io.metastore.server.request.Outcome.Accepted;
import io.metastore.server.request.Outcome.DeleteDone;
import io.metastore.server.request.Outcome.PutDone;
import io.metastore.server.request.Outcome.RangeDone;
import io.metastore.server.request.Outcome.TxnDone;
import io.metastore.server.request.Range;
import java.util.Optional;

/// etcd's KV service. The checks of a change come in etcd's order: quota, fields, size.
final class KvService {
    /// Deep enough for transactions nested as far as their budget of operations allows; each level is two messages.
    private static final int NESTED_MESSAGES = 1000;

    private final Node node;
    private final Headers headers;
    private final Quota quota;
    private final RequestChecks checks;
    private final SizeLimit sizes;
    private final BlockingCalls blocking;

    /// @param blocking runs reads of more than one key
    KvService(Node node, GrpcSettings.Limits limits, BlockingCalls blocking) {
        this.node = node;
        this.headers = Headers.of(node);
        this.quota = new Quota(node);
        this.checks = new RequestChecks(limits.maxTransactionOperations());
        this.sizes = new SizeLimit(limits.maxRequestBytes(), node.state().self());
        this.blocking = blocking;
    }

    ServerServiceDefinition definition(Admission admission, OpenStreams streams) {
        var rangeStream = new RangeStreamMethod(node, admission, streams, blocking);
        return ServerServiceDefinition.builder(KVGrpc.SERVICE_NAME)
                .addMethod(
                        KVGrpc.getRangeMethod(),
                        new UnaryMethod<>(admission, this::range, RangeRequest::getSerializable))
                .addMethod(KVGrpc.getRangeStreamMethod(), rangeStream)
                .addMethod(KVGrpc.getPutMethod(), new UnaryMethod<>(admission, this::put))
                .addMethod(KVGrpc.getDeleteRangeMethod(), new UnaryMethod<>(admission, this::delete))
                .addMethod(deeplyNested(KVGrpc.getTxnMethod()), new UnaryMethod<>(admission, this::transaction))
                .addMethod(KVGrpc.getCompactMethod(), new UnaryMethod<>(admission, this::compact))
                .build();
    }

    private static MethodDescriptor<TxnRequest, TxnResponse> deeplyNested(
            MethodDescriptor<TxnRequest, TxnResponse> method) {
        return method.toBuilder(
                        ProtoUtils.marshallerWithRecursionLimit(TxnRequest.getDefaultInstance(), NESTED_MESSAGES),
                        method.getResponseMarshaller())
                .build();
    }

    private void range(RangeRequest request, Reply<RangeResponse> reply) {
        var error = RequestChecks.range(request);
        if (error.isPresent()) {
            reply.refuse(error.get());
            return;
        }
        var query = Translate.range(request);
        node.read(
                reply.credentials(),
                query,
                isQuick(query) ? reply.loop() : blocking,
                outcome -> reply.finish(
                        outcome, RangeDone.class, done -> Answers.range(done, headers.at(done.revision()))));
    }

    /// One key's newest version: a single look-up, so it need not leave the event loop.
    private static boolean isQuick(Range query) {
        return query.revision() <= 0 && query.keys().isSingle();
    }

    private void put(PutRequest request, Reply<PutResponse> reply) {
        if (quota.refuses(Charge.of(request), reply)) {
            return;
        }
        var error = RequestChecks.put(request).or(() -> size(request, reply));
        if (error.isPresent()) {
            reply.refuse(error.get());
            return;
        }
        node.execute(
                reply.credentials(),
                Translate.put(request),
                reply.onLoop(PutDone.class, done -> Answers.put(done, headers.at(done.revision()))));
    }

    private void delete(DeleteRangeRequest request, Reply<DeleteRangeResponse> reply) {
        var error = RequestChecks.delete(request).or(() -> size(request, reply));
        if (error.isPresent()) {
            reply.refuse(error.get());
            return;
        }
        node.execute(
                reply.credentials(),
                Translate.delete(request),
                reply.onLoop(DeleteDone.class, done -> Answers.delete(done, headers.at(done.revision()))));
    }

    private void transaction(TxnRequest request, Reply<TxnResponse> reply) {
        if (quota.refuses(Charge.of(request), reply)) {
            return;
        }
        var error = checks.transaction(request);
        if (error.isPresent()) {
            reply.refuse(error.get());
            return;
        }
        var transaction = Translate.transaction(request);
        if (transaction.isReadOnly()) {
            node.read(
                    reply.credentials(),
                    transaction,
                    blocking,
                    outcome -> reply.finish(outcome, TxnDone.class, this::answer));
            return;
        }
        var tooLarge = size(request, reply);
        if (tooLarge.isPresent()) {
            reply.refuse(tooLarge.get());
        } else {
            node.execute(reply.credentials(), transaction, reply.onLoop(TxnDone.class, this::answer));
        }
    }

    private TxnResponse answer(TxnDone done) {
        return Answers.transaction(done, headers.at(done.revision()));
    }

    private void compact(CompactionRequest request, Reply<CompactionResponse> reply) {
        node.compact(
                reply.credentials(),
                request.getRevision(),
                request.getPhysical(),
                reply.onLoop(
                        Accepted.class,
                        done -> CompactionResponse.newBuilder()
                                .setHeader(headers.at(done.revision()))
                                .build()));
    }

    /// A token that is none is found out before the size.
    private Optional<EtcdError> size(MessageLite request, Reply<?> reply) {
        return sizes.isExceededBy(request)
                ? node.refuses(reply.credentials(), Right.ANYBODY)
                        .map(EtcdError::of)
                        .or(() -> Optional.of(EtcdError.REQUEST_TOO_LARGE))
                : Optional.empty();
    }
}
