package io.metastore.server.metrics.member;

import io.metastore.server.grpc.CallMeter;
import io.metastore.server.metrics.Counter;
import io.metastore.server.metrics.Family;
import io.metastore.server.metrics.Histogram;
import io.metastore.server.metrics.Registry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Clients' calls, as the interceptors that etcd uses for Go count them: the series of all methods and codes are there
/// from the start, so that the first event of a kind is seen as a change. Those of locks and elections come with their
/// first call, as etcd's do.
final class CallMetrics implements CallMeter {
    private static final List<String> CODES = List.of(
            "OK",
            "Canceled",
            "Unknown",
            "InvalidArgument",
            "DeadlineExceeded",
            "NotFound",
            "AlreadyExists",
            "PermissionDenied",
            "ResourceExhausted",
            "FailedPrecondition",
            "Aborted",
            "OutOfRange",
            "Unimplemented",
            "Internal",
            "Unavailable",
            "DataLoss",
            "Unauthenticated");

    /// Clients choose what they call their version.
    private static final int MOST_VERSIONS = 100;

    private static final int LONGEST_VERSION = 64;

    private final Families families;
    private final Counter received;
    private final Counter sent;
    private final Requests unary;
    private final Requests streams;

    private record Families(
            Family<Counter> started,
            Family<Counter> received,
            Family<Counter> sent,
            Family<Counter> handled,
            Optional<Family<Histogram>> seconds) {}

    /// @param extensive whether the time of calls is measured too
    CallMetrics(Registry registry, boolean extensive) {
        families = new Families(
                registry.counters("grpc_server_started_total"),
                registry.counters("grpc_server_msg_received_total"),
                registry.counters("grpc_server_msg_sent_total"),
                registry.counters("grpc_server_handled_total"),
                extensive ? Optional.of(registry.histograms("grpc_server_handling_seconds")) : Optional.empty());
        received = registry.counter("etcd_network_client_grpc_received_bytes_total");
        sent = registry.counter("etcd_network_client_grpc_sent_bytes_total");
        var requests = registry.counters("etcd_server_client_requests_total");
        unary = new Requests(requests, "unary");
        streams = new Requests(requests, "stream");
    }

    @Override
    public Method method(String service, String method, Shape shape) {
        var labels = new Labels(method, service, shape.name().toLowerCase(Locale.ROOT));
        var requests = shape == Shape.UNARY ? unary : streams;
        boolean later = service.startsWith("v3lockpb") || service.startsWith("v3electionpb");
        return later ? new LaterCounters(families, labels, requests) : new MethodCounters(families, labels, requests);
    }

    @Override
    public void received(long bytes) {
        received.add(bytes);
    }

    @Override
    public void sent(long bytes) {
        sent.add(bytes);
    }

    private record Labels(String method, String service, String type) {
        <T> T in(Family<T> family) {
            return family.with(method, service, type);
        }

        Counter in(Family<Counter> family, int code) {
            return family.with(CODES.get(code), method, service, type);
        }
    }

    /// Requests by what the clients say of themselves.
    private static final class Requests {
        private final Map<String, Counter> byVersion = new ConcurrentHashMap<>();
        private final Family<Counter> family;
        private final String type;

        Requests(Family<Counter> family, String type) {
            this.family = family;
            this.type = type;
        }

        void count(String version) {
            var counter = byVersion.get(version);
            (counter == null ? of(version) : counter).increment();
        }

        private Counter of(String version) {
            boolean fits = byVersion.size() < MOST_VERSIONS && version.length() <= LONGEST_VERSION;
            var told = fits ? version : "unknown";
            return byVersion.computeIfAbsent(told, name -> family.with(name, type));
        }
    }

    private static final class MethodCounters implements Method {
        private final Counter started;
        private final Counter received;
        private final Counter sent;
        private final List<Counter> handled;
        private final Optional<Histogram> seconds;
        private final Requests requests;

        MethodCounters(Families families, Labels labels, Requests requests) {
            this.started = labels.in(families.started());
            this.received = labels.in(families.received());
            this.sent = labels.in(families.sent());
            this.handled = CODES.stream()
                    .map(code -> labels.in(families.handled(), CODES.indexOf(code)))
                    .toList();
            this.seconds = families.seconds().map(labels::in);
            this.requests = requests;
        }

        @Override
        public void started(String clientVersion) {
            started.increment();
            requests.count(clientVersion);
        }

        @Override
        public void received() {
            received.increment();
        }

        @Override
        public void sent() {
            sent.increment();
        }

        @Override
        public void ended(int code, long nanos) {
            handled.get(code).increment();
            if (seconds.isPresent()) {
                seconds.get().observe(nanos);
            }
        }
    }

    /// Of a method whose series come with its first call.
    private record LaterCounters(Families families, Labels labels, Requests requests) implements Method {
        @Override
        public void started(String clientVersion) {
            labels.in(families.started()).increment();
            requests.count(clientVersion);
        }

        @Override
        public void received() {
            labels.in(families.received()).increment();
        }

        @Override
        public void sent() {
            labels.in(families.sent()).increment();
        }

        @Override
        public void ended(int code, long nanos) {
            labels.in(families.handled(), code).increment();
            families.seconds().ifPresent(family -> labels.in(family).observe(nanos));
        }
    }
}
