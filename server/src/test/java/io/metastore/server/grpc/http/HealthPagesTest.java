package io.metastore.server.grpc.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.http.Answer;
import io.metastore.server.http.Page;
import io.metastore.server.model.Alarm;
import io.metastore.server.model.MemberId;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HealthPagesTest {
    private static final Alarm NO_SPACE = new Alarm(new MemberId(1), Alarm.Kind.NO_SPACE);
    private static final Alarm CORRUPT = new Alarm(new MemberId(1), Alarm.Kind.CORRUPT);

    @Test
    void aHealthyMemberSaysSo() {
        assertThat(get("/health", new Patient()).bodyText()).isEqualTo("{\"health\":\"true\",\"reason\":\"\"}");
    }

    @Test
    void anAlarmIsTheReason() {
        assertUnhealthy("/health", new Patient().with(NO_SPACE), "ALARM NOSPACE");
        assertUnhealthy("/health", new Patient().with(CORRUPT), "ALARM CORRUPT");
    }

    @Test
    void anExcludedAlarmIsNot() {
        var patient = new Patient().with(NO_SPACE);

        assertThat(get("/health?exclude=NOSPACE", patient).status().code()).isEqualTo(200);
        assertThat(get("/health?exclude=CORRUPT&exclude=NOSPACE", patient)
                        .status()
                        .code())
                .isEqualTo(200);
        assertUnhealthy("/health?exclude=CORRUPT", patient, "ALARM NOSPACE");
    }

    @Test
    void withoutALeaderOnlyASerializableLookIsHealthy() {
        var patient = new Patient();
        patient.leader = false;

        assertUnhealthy("/health", patient, "RAFT NO LEADER");
        assertUnhealthy("/health?serializable=false", patient, "RAFT NO LEADER");
        assertThat(get("/health?serializable=true", patient).status().code()).isEqualTo(200);
    }

    @Test
    void aReadThatFailsIsTheReason() {
        var patient = new Patient();
        patient.linearizable = Optional.of("etcdserver: request timed out");

        assertUnhealthy("/health", patient, "RANGE ERROR:etcdserver: request timed out");
        assertThat(get("/health?serializable=true", patient).status().code()).isEqualTo(200);
    }

    @Test
    void aMemberThatLivesAnswersOk() {
        assertThat(get("/livez", new Patient()).bodyText()).isEqualTo("ok\n");
        assertThat(get("/livez?verbose", new Patient()).bodyText()).isEqualTo("[+]serializable_read ok\nok\n");
    }

    @Test
    void aMemberThatIsReadyPassesEveryCheck() {
        assertThat(get("/readyz?verbose", new Patient()).bodyText()).isEqualTo("""
                        [+]data_corruption ok
                        [+]linearizable_read ok
                        [+]non_learner ok
                        [+]serializable_read ok
                        ok
                        """);
    }

    @Test
    void aFailureIsShownWithTheOtherChecksAndWithoutOk() {
        var patient = new Patient();
        patient.linearizable = Optional.of("etcdserver: request timed out");

        var answer = get("/readyz?exclude=data_corruption&exclude=non_learner", patient);

        assertThat(answer.status().code()).isEqualTo(503);
        assertThat(answer.bodyText())
                .isEqualTo("[-]linearizable_read failed: etcdserver: request timed out\n[+]serializable_read ok\n\n");
    }

    @Test
    void eachCheckCanBeAskedAlone() {
        var patient = new Patient().with(CORRUPT);
        patient.learner = true;

        assertThat(get("/readyz/serializable_read", patient).bodyText()).isEqualTo("ok\n");
        assertThat(get("/readyz/data_corruption", patient).bodyText())
                .isEqualTo("[-]data_corruption failed: alarm activated: CORRUPT\n\n");
        assertThat(get("/readyz/non_learner", patient).bodyText())
                .isEqualTo("[-]non_learner failed: not supported for learner\n\n");
    }

    private static void assertUnhealthy(String uri, Patient patient, String reason) {
        var answer = get(uri, patient);
        assertThat(answer.status().code()).isEqualTo(503);
        assertThat(answer.bodyText()).isEqualTo("{\"health\":\"false\",\"reason\":\"" + reason + "\"}\n");
    }

    private static Answer get(String uri, Patient patient) {
        var query = new QueryStringDecoder(uri);
        Map<String, Page> probes = ProbePages.of(patient, ProbeMeter.NONE);
        var page = query.path().equals("/health") ? new HealthPage(patient, ProbeMeter.NONE) : probes.get(query.path());
        var answers = new ArrayList<Answer>();
        Objects.requireNonNull(page, query.path()).open(query.parameters(), answers::add);
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private static final class Patient implements Health {
        private final List<Alarm> alarms = new ArrayList<>();
        private boolean leader = true;
        private boolean learner;
        private Optional<String> linearizable = Optional.empty();

        Patient with(Alarm alarm) {
            alarms.add(alarm);
            return this;
        }

        @Override
        public List<Alarm> alarms() {
            return alarms;
        }

        @Override
        public boolean hasLeader() {
            return leader;
        }

        @Override
        public boolean learner() {
            return learner;
        }

        @Override
        public void read(boolean serializable, Consumer<Optional<String>> done) {
            done.accept(serializable ? Optional.empty() : linearizable);
        }
    }
}
