package io.metastore.server.grpc;

import etcdserverpb.DowngradeRequest;
import etcdserverpb.DowngradeResponse;
import io.metastore.server.model.Release;
import io.metastore.server.node.Node;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Outcome.Accepted;
import java.util.function.Consumer;

/// Says which release the cluster could go back to, exactly one minor below its own, and has it do so. See
/// `docs/design/0008-downgrade.md` for what that means here.
final class DowngradeMethod {
    private final Node node;
    private final Headers headers;

    DowngradeMethod(Node node) {
        this.node = node;
        this.headers = Headers.of(node);
    }

    void serve(DowngradeRequest request, Reply<DowngradeResponse> reply) {
        var downgrades = node.downgrades();
        Consumer<Outcome> accepted = outcome -> {
            // As it is right behind the change, where this is called from: it goes on changing.
            var release = downgrades.version().release();
            reply.loop()
                    .execute(() -> reply.finish(outcome, Accepted.class, done -> response(done.revision(), release)));
        };
        switch (request.getAction()) {
            case VALIDATE -> withTarget(request, reply, target -> downgrades.validate(target, Runnable::run, accepted));
            case ENABLE ->
                withTarget(request, reply, target -> downgrades.enable(reply.credentials(), target, accepted));
            case CANCEL -> downgrades.cancel(reply.credentials(), () -> accepted.accept(new Accepted(node.revision())));
            case UNRECOGNIZED -> reply.refuse(EtcdError.UNKNOWN_METHOD);
        }
    }

    private static void withTarget(
            DowngradeRequest request, Reply<DowngradeResponse> reply, Consumer<Release> proceed) {
        Release.parse(request.getVersion())
                .ifPresentOrElse(proceed, () -> reply.refuse(EtcdError.WRONG_DOWNGRADE_FORMAT));
    }

    private DowngradeResponse response(long revision, Release release) {
        return DowngradeResponse.newBuilder()
                .setHeader(headers.at(revision))
                .setVersion(release.toString())
                .build();
    }
}
