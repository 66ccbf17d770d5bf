package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenStreamsTest {
    private final OpenStreams streams = new OpenStreams();

    @Test
    void streamsThatRequireALeaderEndAfterThreeChecksWithoutOne() {
        var strict = new Recorder(true);
        var lenient = new Recorder(false);
        streams.add(strict);
        streams.add(lenient);

        streams.check(false);
        streams.check(false);
        assertThat(strict.errors).isEmpty();
        streams.check(false);

        assertThat(strict.errors).containsExactly(EtcdError.NO_LEADER);
        assertThat(lenient.errors).isEmpty();
    }

    @Test
    void aLeaderInBetweenStartsTheCountAnew() {
        var strict = new Recorder(true);
        streams.add(strict);

        streams.check(false);
        streams.check(false);
        streams.check(true);
        streams.check(false);
        streams.check(false);

        assertThat(strict.errors).isEmpty();
    }

    @Test
    void aStreamThatWasRemovedIsLeftAlone() {
        var stream = new Recorder(true);
        streams.add(stream);
        streams.remove(stream);

        streams.close();

        assertThat(stream.errors).isEmpty();
    }

    @Test
    void closingEndsAllStreamsAndThoseThatComeTooLate() {
        var early = new Recorder(false);
        var late = new Recorder(false);
        streams.add(early);

        streams.close();
        streams.add(late);

        assertThat(early.errors).containsExactly(EtcdError.STOPPED);
        assertThat(late.errors).containsExactly(EtcdError.STOPPED);
    }

    private record Recorder(boolean requiresLeader, List<EtcdError> errors) implements OpenStreams.Stream {
        Recorder(boolean requiresLeader) {
            this(requiresLeader, new ArrayList<>());
        }

        @Override
        public void end(EtcdError error) {
            errors.add(error);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
