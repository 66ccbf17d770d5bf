package io.metastore.server.grpc;

import com.google.protobuf.MessageLite;
import etcdserverpb.DeleteRangeRequest;
import etcdserverpb.DeleteRangeResponse;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import etcdserverpb.RangeResponse;
import etcdserverpb.RequestOp;
import etcdserverpb.TxnRequest;
import etcdserverpb.TxnResponse;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import io.metastore.server.request.GoTime;
import io.metastore.server.request.Operation;
import io.metastore.server.request.RequestText;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs calls with one answer that took long, in etcd's line `request stats`. Of calls other than the key space's
/// nothing is told of what was asked: their numbers are -1.
final class SlowCalls {
    private static final Logger LOG = LoggerFactory.getLogger(SlowCalls.class);

    private final Duration limit;

    /// @param limit what takes longer is told; 0 or less: nothing is
    SlowCalls(Duration limit) {
        this.limit = limit;
    }

    /// A call begins to be served.
    Watch begin(Object request) {
        return new Watch(limit, request, System.nanoTime());
    }

    /// How much was asked, and answered.
    private record Sizes(long requests, long requestBytes, long responses, long responseBytes, String content) {
        static final Sizes UNTOLD = new Sizes(-1, -1, -1, -1, "");
    }

    /// One call.
    record Watch(Duration limit, Object request, long startNanos) {
        /// It is answered, or refused.
        void ended(ServerCall<?, ?> call, Optional<?> answer) {
            long took = System.nanoTime() - startNanos;
            if (limit.isPositive() && took > limit.toNanos()) {
                tell(call, took, sizes(answer));
            }
        }

        private static void tell(ServerCall<?, ?> call, long took, Sizes sizes) {
            LOG.atWarn()
                    .addKeyValue("start time", Instant.now().minusNanos(took))
                    .addKeyValue("time spent", GoTime.text(took))
                    .addKeyValue("remote", remote(call))
                    .addKeyValue(
                            "response type", "/" + call.getMethodDescriptor().getFullMethodName())
                    .addKeyValue("request count", sizes.requests())
                    .addKeyValue("request size", sizes.requestBytes())
                    .addKeyValue("response count", sizes.responses())
                    .addKeyValue("response size", sizes.responseBytes())
                    .addKeyValue("request content", sizes.content())
                    .log("request stats");
        }

        private static String remote(ServerCall<?, ?> call) {
            return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress from
                    ? from.getAddress().getHostAddress() + ":" + from.getPort()
                    : "";
        }

        private Sizes sizes(Optional<?> answer) {
            long bytes = answer.map(each -> each instanceof MessageLite message ? message.getSerializedSize() : 0)
                    .orElse(0);
            return switch (request) {
                case RangeRequest range ->
                    new Sizes(
                            0,
                            range.getSerializedSize(),
                            answer.map(each -> each instanceof RangeResponse read ? read.getKvsCount() : 0)
                                    .orElse(0),
                            bytes,
                            text(Translate.range(range)));
                case PutRequest put -> new Sizes(1, put.getSerializedSize(), 0, bytes, text(Translate.put(put)));
                case DeleteRangeRequest delete ->
                    new Sizes(
                            0,
                            delete.getSerializedSize(),
                            answer.map(each -> each instanceof DeleteRangeResponse gone ? gone.getDeleted() : 0L)
                                    .orElse(0L),
                            bytes,
                            text(Translate.delete(delete)));
                case TxnRequest txn -> transaction(txn, answer, bytes);
                default -> Sizes.UNTOLD;
            };
        }

        private static Sizes transaction(TxnRequest txn, Optional<?> answer, long bytes) {
            boolean succeeded = answer.filter(each -> each instanceof TxnResponse response && response.getSucceeded())
                    .isPresent();
            var branch = succeeded ? txn.getSuccessList() : txn.getFailureList();
            long asked = branch.stream().mapToLong(RequestOp::getSerializedSize).sum();
            return new Sizes(branch.size(), asked, 0, bytes, text(Translate.transaction(txn)));
        }

        /// Without the brackets that it has inside of another request.
        private static String text(Operation operation) {
            return RequestText.of(operation).replaceFirst("^[<{](.*)[>}]$", "$1");
        }
    }
}
