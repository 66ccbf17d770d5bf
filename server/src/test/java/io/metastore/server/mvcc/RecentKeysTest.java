package io.metastore.server.mvcc;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import io.metastore.server.seed.Seed;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentKeysTest {
    private static final Bytes A = Bytes.utf8("a");
    private static final KeyNumbers LARGE =
            new KeyNumbers(1L << 62, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 40, LeaseId.of(-7), Integer.MAX_VALUE);

    @Test
    void theNumbersComeBackAsTheyWereNoted() {
        var recent = new RecentKeys();

        recent.note(A, LARGE);
        recent.note(Bytes.EMPTY, number(3));

        assertThat(recent.find(A)).isEqualTo(LARGE);
        assertThat(recent.find(Bytes.EMPTY)).isEqualTo(number(3));
        assertThat(recent.find(Bytes.utf8("b"))).isNull();
    }

    @Test
    void theLastNoteCountsAndADeletedKeyIsKnownToBeAbsent() {
        var recent = new RecentKeys();
        recent.note(A, number(1));

        recent.note(A, number(2));
        assertThat(recent.find(A)).isEqualTo(number(2));
        recent.note(A, KeyNumbers.ABSENT);
        assertThat(recent.find(A)).isEqualTo(KeyNumbers.ABSENT);
        recent.note(A, number(3));
        assertThat(recent.find(A)).isEqualTo(number(3));
    }

    @Test
    void whatADroppedBatchNotedIsForgotten() {
        var recent = new RecentKeys();
        recent.begin();
        recent.note(A, number(1));
        recent.settle();
        recent.begin();
        assertThat(recent.find(A)).isEqualTo(number(1));
        recent.note(A, number(2));

        recent.begin();

        assertThat(recent.find(A)).isNull();
    }

    @Test
    void aHundredThousandShortKeysAreKeptInSixteenMebibytes() {
        var recent = new RecentKeys();
        int keys = 1_000_000;
        for (int i = 0; i < keys; i++) {
            recent.note(shortKey(i), number(i + 1));
        }

        assertThat(recent.heldBytes()).isLessThanOrEqualTo((16 << 20) + 100);
        for (int i = keys - 100_000; i < keys; i++) {
            assertThat(recent.find(shortKey(i))).isEqualTo(number(i + 1));
        }
        assertThat(recent.find(shortKey(0))).isNull();
    }

    @Test
    void aKeyThatGoesOnChangingIsNotForgotten() {
        var recent = new RecentKeys(10 * KeyTable.entryBytes(shortKey(0)));
        for (int i = 0; i < 100; i++) {
            recent.note(A, number(i + 1));
            for (int other = 0; other < 5; other++) {
                recent.note(shortKey(5 * i + other), number(1));
            }
            assertThat(recent.find(A)).isEqualTo(number(i + 1));
        }
        assertThat(recent.find(shortKey(0))).isNull();
    }

    @Test
    void anEmptyOneTakesHardlyAnySpace() {
        var recent = new RecentKeys();
        assertThat(recent.heldBytes()).isLessThan(4096);
        for (int i = 0; i < 1000; i++) {
            recent.note(shortKey(i), number(1));
        }
        assertThat(recent.heldBytes()).isGreaterThan(50_000);

        recent.forgetAll();

        assertThat(recent.heldBytes()).isLessThan(4096);
        assertThat(recent.find(shortKey(999))).isNull();
    }

    @Test
    void longKeysAreNotKept() {
        var recent = new RecentKeys();
        var longest = Bytes.wrap(new byte[1024]);

        recent.note(longest, number(1));
        recent.note(longest.successor(), number(1));

        assertThat(recent.find(longest)).isEqualTo(number(1));
        assertThat(recent.find(longest.successor())).isNull();
    }

    @Test
    void aKeyThatDoesNotFitIsNotKept() {
        var recent = new RecentKeys(KeyTable.entryBytes(A));

        recent.note(A, number(1));
        recent.note(Bytes.utf8("ab"), number(1));

        assertThat(recent.find(A)).isEqualTo(number(1));
        assertThat(recent.find(Bytes.utf8("ab"))).isNull();
    }

    /// Any key is either not known or as the map has it, whatever is forgotten meanwhile.
    @Test
    void noNumberIsEverWrong() {
        var random = Seed.random();
        for (int round = 0; round < 60; round++) {
            var recent = new RecentKeys(1 + random.nextInt(20_000));
            var written = new HashMap<Bytes, KeyNumbers>();
            var committed = new HashMap<Bytes, KeyNumbers>();
            int known = 0;
            for (int i = 0; i < 2000; i++) {
                known += step(recent, written, committed, random) ? 1 : 0;
            }
            assertThat(known).isLessThan(2000);
        }
    }

    private static boolean step(
            RecentKeys recent, Map<Bytes, KeyNumbers> written, Map<Bytes, KeyNumbers> committed, Random random) {
        var key = key(random);
        switch (random.nextInt(200)) {
            case 0 -> {
                recent.begin();
                written.clear();
                written.putAll(committed);
            }
            case 1, 2, 3, 4, 5 -> {
                recent.settle();
                committed.putAll(written);
            }
            default -> {
                var numbers = random.nextInt(5) == 0 ? KeyNumbers.ABSENT : number(1 + random.nextInt(1000));
                recent.note(key, numbers);
                written.put(key, numbers);
            }
        }
        var asked = key(random);
        var found = recent.find(asked);
        if (found != null) {
            assertThat(found).isEqualTo(written.get(asked));
        }
        return found != null;
    }

    /// Of a thousand keys, of different lengths; a few are met much more often than others.
    private static Bytes key(Random random) {
        int number = random.nextInt(1 + random.nextInt(1000));
        return Bytes.utf8("k".repeat(number % 13) + number);
    }

    private static Bytes shortKey(int number) {
        return Bytes.utf8("/short/key-%09d".formatted(number));
    }

    private static KeyNumbers number(long number) {
        return new KeyNumbers(number, number + 1, number % 5, number, LeaseId.of(number % 3), number % 7);
    }
}
