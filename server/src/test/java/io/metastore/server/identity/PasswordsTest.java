package io.metastore.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.identity.Passwords.Hashing;
import io.metastore.server.identity.Passwords.Verdict;
import io.metastore.server.model.Bytes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    /// Made by etcd 3.7.1.
    private static final Bytes BY_ETCD = Bytes.utf8("$2a$05$vKfxL0G/09DJ1Ud4EG0i0e5J6glkUMmf/w2arhluk0WDK6U56fXLG");

    private final Passwords passwords = new Passwords(4, 1, new SecureRandom());

    @AfterEach
    void close() {
        passwords.close();
    }

    @Test
    void aHashIsThatOfItsPasswordAndOfNoOther() {
        var hash = hash("pässword");

        assertThat(check("pässword", hash)).isEqualTo(Verdict.RIGHT);
        assertThat(check("password", hash)).isEqualTo(Verdict.WRONG);
        assertThat(check("", hash)).isEqualTo(Verdict.WRONG);
        assertThat(hash("pässword")).isNotEqualTo(hash);
    }

    @Test
    void theEmptyPasswordIsOneToo() {
        assertThat(check("", hash(""))).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void hashesOfEtcdAreUnderstoodAndOursLookLikeThem() {
        assertThat(check("pässword", BY_ETCD)).isEqualTo(Verdict.RIGHT);
        assertThat(check("password", BY_ETCD)).isEqualTo(Verdict.WRONG);
        assertThat(hash("x").utf8()).startsWith("$2a$04$").hasSize(BY_ETCD.length());
    }

    @Test
    void whatIsNoHashIsThatOfNoPassword() {
        assertThat(check("", Bytes.EMPTY)).isEqualTo(Verdict.WRONG);
        assertThat(check("x", Bytes.utf8("x"))).isEqualTo(Verdict.WRONG);
        assertThat(check("x", Bytes.utf8("$2a$04$short"))).isEqualTo(Verdict.WRONG);
    }

    @Test
    void bcryptLooksAtSeventyTwoBytes() {
        assertThat(Passwords.isTooLong("x".repeat(72))).isFalse();
        assertThat(Passwords.isTooLong("x".repeat(73))).isTrue();
        assertThat(Passwords.isTooLong("ä".repeat(37))).isTrue();
        assertThat(check("x".repeat(80), hash("x".repeat(72)))).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void ofTooManyTheLastAreTurnedAway() {
        var busy = new CountDownLatch(1);
        passwords.check("x", Bytes.EMPTY, _ -> awaitQuietly(busy));
        var verdicts = new ArrayList<CompletableFuture<Verdict>>();
        for (int i = 0; i < 1001; i++) {
            var verdict = new CompletableFuture<Verdict>();
            verdicts.add(verdict);
            passwords.check("x", Bytes.EMPTY, verdict::complete);
        }

        assertThat(verdicts.getLast().join()).isEqualTo(Verdict.BUSY);
        busy.countDown();
        assertThat(verdicts.getFirst().join()).isEqualTo(Verdict.WRONG);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Bytes hash(String password) {
        var hashing = new CompletableFuture<Hashing>();
        passwords.hash(password, hashing::complete);
        return switch (hashing.join()) {
            case Hashing.Done(var hash) -> hash;
            case Hashing.Busy _ -> throw new AssertionError("busy");
        };
    }

    private Verdict check(String password, Bytes hash) {
        var verdict = new CompletableFuture<Verdict>();
        passwords.check(password, hash, verdict::complete);
        return verdict.join();
    }
}
