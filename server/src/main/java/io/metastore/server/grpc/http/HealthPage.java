package io.metastore.server.grpc.http;

import io.metastore.server.http.Answer;
import io.metastore.server.http.Page;
import io.metastore.server.model.Alarm;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// `/health`: no alarm but the excluded ones, a leader is known, and a read comes back. The last two look at this
/// member alone with `serializable=true`.
///
///     200 {"health":"true","reason":""}       503 {"health":"false","reason":"ALARM NOSPACE"}
///
/// Source: etcd's health handler (etcdserver/api/etcdhttp).
public final class HealthPage implements Page {
    private final Health health;
    private final ProbeMeter meter;

    public HealthPage(Health health, ProbeMeter meter) {
        this.health = health;
        this.meter = meter;
    }

    @Override
    public void open(Map<String, List<String>> query, Consumer<Answer> answer) {
        examine(query, result -> {
            meter.health(result.status().equals(HttpResponseStatus.OK));
            answer.accept(result);
        });
    }

    private void examine(Map<String, List<String>> query, Consumer<Answer> answer) {
        var excluded = query.getOrDefault("exclude", List.of());
        var alarm = health.alarms().stream()
                .filter(raised -> !excluded.contains(name(raised)))
                .findFirst();
        boolean serializable =
                query.getOrDefault("serializable", List.of("")).getFirst().equals("true");
        if (alarm.isPresent()) {
            answer.accept(unhealthy("ALARM " + name(alarm.get())));
        } else if (!serializable && !health.hasLeader()) {
            answer.accept(unhealthy("RAFT NO LEADER"));
        } else {
            health.read(serializable, refusal -> answer.accept(answer(refusal)));
        }
    }

    private static Answer answer(Optional<String> refusal) {
        return refusal.map(text -> unhealthy("RANGE ERROR:" + text))
                .orElseGet(() -> Answer.of("{\"health\":\"true\",\"reason\":\"\"}"));
    }

    private static Answer unhealthy(String reason) {
        return Answer.error(
                HttpResponseStatus.SERVICE_UNAVAILABLE, "{\"health\":\"false\",\"reason\":\"" + reason + "\"}");
    }

    /// The name of the alarm in etcd's API.
    public static String name(Alarm alarm) {
        return switch (alarm.kind()) {
            case NO_SPACE -> "NOSPACE";
            case CORRUPT -> "CORRUPT";
        };
    }
}
