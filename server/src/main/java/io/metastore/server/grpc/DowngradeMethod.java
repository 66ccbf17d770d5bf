package io.metastore.server.grpc;

import etcdserverpb.DowngradeRequest;
import etcdserverpb.DowngradeResponse;
import io.metastore.server.node.Node;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says which version could be gone back to: exactly one minor below the cluster's, as with etcd. The members have no
/// older release to become, so a downgrade is never begun, and there is none to cancel; etcd answers a cancellation
/// without one as if it had worked, too.
///
///     3.6  3.6.0  3.6.9-rc.1   the version below    3.5.0  3.7.0   not the target    3  3.x   not a version
final class DowngradeMethod {
    private static final Pattern VERSION =
            Pattern.compile("(\\d{1,18})\\.(\\d{1,18})(?:\\.\\d{1,18}(?:[-+][0-9A-Za-z.+-]+)?)?");
    private static final long MAJOR = 3;
    private static final long MINOR = 7;

    private final Node node;
    private final Headers headers;

    DowngradeMethod(Node node) {
        this.node = node;
        this.headers = Headers.of(node);
    }

    void serve(DowngradeRequest request, Reply<DowngradeResponse> reply) {
        switch (request.getAction()) {
            case VALIDATE -> judge(request.getVersion(), reply, Optional.empty());
            case ENABLE -> judge(request.getVersion(), reply, Optional.of(EtcdError.NOT_CAPABLE));
            case CANCEL -> reply.send(response());
            case UNRECOGNIZED -> reply.refuse(EtcdError.UNKNOWN_METHOD);
        }
    }

    /// @param verdict the refusal of a version that would do
    private void judge(String version, Reply<DowngradeResponse> reply, Optional<EtcdError> verdict) {
        var parts = VERSION.matcher(version);
        if (!parts.matches()) {
            reply.refuse(EtcdError.WRONG_DOWNGRADE_FORMAT);
            return;
        }
        var error = isOneBelow(parts) ? verdict : Optional.of(EtcdError.INVALID_DOWNGRADE_TARGET);
        node.linearizable(
                reply.loop(),
                reply.unlessRefused(() -> error.ifPresentOrElse(reply::refuse, () -> reply.send(response()))));
    }

    private static boolean isOneBelow(Matcher version) {
        return Long.parseLong(version.group(1)) == MAJOR && Long.parseLong(version.group(2)) == MINOR - 1;
    }

    private DowngradeResponse response() {
        return DowngradeResponse.newBuilder()
                .setHeader(headers.now())
                .setVersion(MAJOR + "." + MINOR)
                .build();
    }
}
