import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.StatusRequest;
import etcdserverpb.StatusResponse;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// What members say of themselves, a line each. Run by `build/cluster status` with the server's class path:
/// `Status.java HOST:PORT...`.
private static final String LINE = "%-16s %-17s %-9s %5s %9s %9s %11s  %s%n";

void main(String[] arguments) {
    System.out.printf(LINE, "ENDPOINT", "MEMBER", "ROLE", "TERM", "REVISION", "APPLIED", "DB BYTES", "ERRORS");
    for (var endpoint : Arrays.asList(arguments)) {
        try {
            print(endpoint, ask(endpoint));
        } catch (StatusRuntimeException e) {
            System.out.printf(LINE, endpoint, "-", "-", "-", "-", "-", "-", "does not answer");
        }
    }
}

StatusResponse ask(String endpoint) {
    var channel = ManagedChannelBuilder.forTarget(endpoint).usePlaintext().build();
    try {
        return MaintenanceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(3, TimeUnit.SECONDS)
                .status(StatusRequest.getDefaultInstance());
    } finally {
        channel.shutdownNow();
    }
}

void print(String endpoint, StatusResponse status) {
    long self = status.getHeader().getMemberId();
    var role = status.getLeader() == self ? "leader" : status.getIsLearner() ? "learner" : "follower";
    System.out.printf(
            LINE,
            endpoint,
            Long.toHexString(self),
            role,
            status.getRaftTerm(),
            status.getHeader().getRevision(),
            status.getRaftAppliedIndex(),
            status.getDbSize(),
            String.join(", ", status.getErrorsList()));
}
