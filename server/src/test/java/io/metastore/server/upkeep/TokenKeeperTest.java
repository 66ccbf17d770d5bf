package io.metastore.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.auth.Token;
import io.metastore.server.identity.SimpleTokens;
import io.metastore.server.request.AuthCommand.DropTokens;
import io.metastore.server.request.AuthCommand.KeepTokens;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenKeeperTest {
    private static final Duration TTL = Duration.ofSeconds(80);

    private final FakeTime time = new FakeTime();
    private final FakeProposer proposer = new FakeProposer();
    private final SimpleTokens tokens = new SimpleTokens(TTL, time, new Random(1));
    private boolean leads;
    private final TokenKeeper keeper = new TokenKeeper(tokens, proposer, () -> leads);

    @Test
    void itLooksEightTimesInTheLifeOfAToken() {
        assertThat(keeper.turn()).isEqualTo(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void anyMemberTellsOfTheTokensThatAreUsedAtIt() {
        var secret = issue();
        time.pass(Duration.ofSeconds(20));
        keeper.turn();
        assertThat(proposer.isIdle()).isTrue();

        tokens.caller(secret.token(1), 1);
        keeper.turn();

        assertThat(proposer.pending()).containsExactly(new KeepTokens(List.of(secret.digest())));
    }

    @Test
    void onlyTheLeaderDropsTokensAndOnceAtATime() {
        var digest = issue().digest();
        time.pass(TTL.multipliedBy(2));
        keeper.turn();
        assertThat(proposer.isIdle()).isTrue();

        leads = true;
        keeper.turn();
        keeper.turn();
        assertThat(proposer.pending()).containsExactly(new DropTokens(List.of(digest)));

        proposer.refuseAll(Reason.LEADER_CHANGED);
        keeper.turn();
        assertThat(proposer.pending()).containsExactly(new DropTokens(List.of(digest)));

        proposer.answerAll(_ -> {
            tokens.dropped(digest);
            return new Outcome.Accepted(1);
        });
        keeper.turn();
        assertThat(proposer.isIdle()).isTrue();
    }

    private SimpleTokens.Secret issue() {
        var secret = tokens.newSecret();
        tokens.issued(new Token(secret.digest(), "alice", 1));
        return secret;
    }
}
