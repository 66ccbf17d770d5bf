package io.metastore.e2e.traffic;

import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Compare;
import io.metastore.e2e.history.Keys;
import java.util.List;
import java.util.Random;

/// Puts, reads, transactions, deletions and leases on a few keys.
final class EtcdLoad implements Load {
    private static final String PREFIX = "etcd/";
    private static final int KEYS = 6;
    private static final long LEASE_SECONDS = 3;
    private static final long IDS_OF_A_CLIENT = 1_000_000;

    private final int client;
    private final Random random;
    private final Seen seen = new Seen();
    private long lease;
    private long calls;

    EtcdLoad(int client, Random random) {
        this.client = client;
        this.random = random;
    }

    @Override
    public Call next() {
        calls++;
        var key = PREFIX + random.nextInt(KEYS);
        var value = "of " + client + " call " + calls;
        var read = Call.Range.of(Keys.one(key));
        var mod = Compare.modIs(key, seen.changed(key));
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> new Call.Put(key, value, 0, random.nextBoolean());
            case 4, 5, 6 -> read;
            case 7 -> new Call.Range(Keys.prefix(PREFIX), 0, random.nextInt(4), false);
            case 8 -> new Call.Range(Keys.ALL, 0, 0, true);
            case 9 -> new Call.Range(Keys.one(key), Math.max(1, seen.revision() - random.nextInt(500)), 0, false);
            case 10 -> new Call.Delete(Keys.one(key), random.nextBoolean());
            case 11, 12, 13 -> new Call.Txn(List.of(mod), List.of(Call.Put.of(key, value)), List.of(read));
            case 14 -> {
                var other = PREFIX + "pair/" + random.nextInt(KEYS);
                yield new Call.Txn(
                        List.of(mod),
                        List.of(Call.Put.of(key, value), Call.Put.of(other, value), read),
                        List.of(new Call.Delete(Keys.one(other), true), read));
            }
            case 15 -> new Call.Range(Keys.prefix(PREFIX), 0, 0, false);
            case 16 -> random.nextInt(5) == 0 ? grant() : read;
            case 17 -> lease == 0 ? grant() : new Call.Put(leasedKey(), value, lease, false);
            case 18 -> lease == 0 ? read : new Call.KeepAlive(lease);
            default ->
                lease == 0 || random.nextInt(6) > 0 ? Call.Range.of(Keys.one(leasedKey())) : new Call.Revoke(lease);
        };
    }

    @Override
    public void told(Call call, Answer answer) {
        seen.learn(call, answer);
        if (call instanceof Call.Revoke || answer.equals(new Answer.Refused(Answer.Reason.LEASE_NOT_FOUND))) {
            lease = 0;
        }
    }

    private String leasedKey() {
        return PREFIX + "leased/" + client + "/" + random.nextInt(3);
    }

    private Call grant() {
        lease = (client + 1) * IDS_OF_A_CLIENT + calls;
        return new Call.Grant(lease, LEASE_SECONDS);
    }
}
