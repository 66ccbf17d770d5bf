package io.metastore.server.grpc.http;

import io.metastore.server.http.Answer;
import io.metastore.server.http.Page;
import io.metastore.server.model.Alarm;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// `/livez` and `/readyz`: named checks, all of them or one (`/readyz/data_corruption`).
///
///     /readyz?exclude=non_learner&verbose  →  [+]data_corruption ok
///                                             [+]linearizable_read ok
///                                             [+]serializable_read ok
///                                             ok
///
/// A failure is answered 503 with the lines and without `ok`. Source: etcd's health handler
/// (etcdserver/api/etcdhttp).
public final class ProbePages {
    private ProbePages() {}

    /// Does its work without blocking; the result is what is wrong, or nothing.
    @FunctionalInterface
    interface Check {
        void run(Consumer<Optional<String>> done);
    }

    /// The pages, by path.
    public static Map<String, Page> of(Health health, ProbeMeter meter) {
        Check serializable = done -> health.read(true, done);
        Check linearizable = done -> health.read(false, done);
        var pages = new HashMap<String, Page>();
        add(pages, "/livez", measured(meter, "livez", Map.of("serializable_read", serializable)));
        add(
                pages,
                "/readyz",
                measured(
                        meter,
                        "readyz",
                        Map.of(
                                "data_corruption",
                                done -> done.accept(corruption(health)),
                                "serializable_read",
                                serializable,
                                "linearizable_read",
                                linearizable,
                                "non_learner",
                                done -> done.accept(learner(health)))));
        return Map.copyOf(pages);
    }

    private static SequencedMap<String, Check> measured(ProbeMeter meter, String page, Map<String, Check> checks) {
        var measured = new TreeMap<String, Check>();
        checks.forEach((name, check) -> measured.put(
                name,
                done -> check.run(fault -> {
                    meter.check(page, name, fault.isEmpty());
                    done.accept(fault);
                })));
        return measured;
    }

    private static void add(Map<String, Page> pages, String path, SequencedMap<String, Check> checks) {
        pages.put(path, (query, answer) -> {
            var wanted = new TreeMap<>(checks);
            query.getOrDefault("exclude", List.of()).forEach(wanted::remove);
            new Run(query.containsKey("verbose"), answer).next(wanted.entrySet().iterator());
        });
        checks.forEach((name, check) -> pages.put(
                path + "/" + name,
                (query, answer) -> new Run(query.containsKey("verbose"), answer)
                        .next(Map.of(name, check).entrySet().iterator())));
    }

    private static Optional<String> corruption(Health health) {
        return health.alarms().stream()
                .filter(alarm -> alarm.kind() == Alarm.Kind.CORRUPT)
                .findFirst()
                .map(_ -> "alarm activated: CORRUPT");
    }

    private static Optional<String> learner(Health health) {
        return health.learner() ? Optional.of("not supported for learner") : Optional.empty();
    }

    /// One request: the checks one after the other, then the answer.
    private static final class Run {
        private final boolean verbose;
        private final Consumer<Answer> answer;
        private final List<String> lines = new ArrayList<>();
        private boolean failed;

        Run(boolean verbose, Consumer<Answer> answer) {
            this.verbose = verbose;
            this.answer = answer;
        }

        void next(Iterator<Map.Entry<String, Check>> checks) {
            if (!checks.hasNext()) {
                answer.accept(result());
                return;
            }
            var check = checks.next();
            check.getValue().run(fault -> {
                failed |= fault.isPresent();
                lines.add(fault.map(text -> "[-]" + check.getKey() + " failed: " + text + "\n")
                        .orElse("[+]" + check.getKey() + " ok\n"));
                next(checks);
            });
        }

        private Answer result() {
            var all = String.join("", lines);
            if (failed) {
                return Answer.error(HttpResponseStatus.SERVICE_UNAVAILABLE, all);
            }
            return Answer.text(verbose ? all + "ok\n" : "ok\n");
        }
    }
}
