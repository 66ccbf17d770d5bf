package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The numbers of the keys that changed last, so that a change of one of them reads nothing. Keys deleted last are in
/// it too, as absent. For the applying thread only.
///
/// There are two generations. Changes go into the younger one; when that is full, it becomes the elder, and what the
/// elder held is forgotten at once. So the keys of at least half of the space, counted back from the last change, are
/// always there, and a key that goes on changing is never forgotten:
///
///     room for two keys each     young  elder          young  elder
///     put a, b, c                c      a b     put a  c a    a b      the a in the elder is hidden by the newer
///                                               put d  d      c a      b is forgotten
///
/// It is changed along with the rows of a batch, before they are committed. A batch that is dropped instead leaves
/// wrong numbers in it: all are forgotten when the next batch begins. This happens after a failure, if at all.
final class RecentKeys implements KnownNumbers {
    /// Of each generation. Both full, with their tables, take 16 MiB, and each holds 109,000 keys of 20 bytes.
    private static final int STANDARD_BYTES = 15 << 19;

    /// Longer keys are not kept.
    private static final int LONGEST_KEY = 1024;

    private final int generationBytes;

    /// Differs in each process, so that nobody can choose keys that all meet in one chain. It decides how long a
    /// look-up takes, never what it finds.
    private final long seed = new SplittableRandom().nextLong();

    private KeyTable young;
    private KeyTable elder;
    private boolean settled = true;

    RecentKeys() {
        this(STANDARD_BYTES);
    }

    /// @param generationBytes the most that the entries of each of the two generations take
    RecentKeys(int generationBytes) {
        this.generationBytes = generationBytes;
        young = new KeyTable(generationBytes);
        elder = new KeyTable(generationBytes);
    }

    @Override
    public @Nullable KeyNumbers find(Bytes key) {
        if (!isKept(key)) {
            return null;
        }
        long hash = hash(key.shared());
        var newer = young.find(key, hash);
        return newer != null ? newer : elder.find(key, hash);
    }

    /// A batch begins: what the one before noted counts only if it was committed.
    void begin() {
        if (!settled) {
            forgetAll();
        }
    }

    /// What is noted until now is committed.
    void settle() {
        settled = true;
    }

    /// The rows say this of `key` once the present batch is committed.
    void note(Bytes key, KeyNumbers numbers) {
        if (isKept(key)) {
            settled = false;
            long hash = hash(key.shared());
            if (!young.put(key, hash, numbers)) {
                var oldest = elder;
                oldest.clear();
                elder = young;
                young = oldest;
                young.put(key, hash, numbers);
            }
        }
    }

    void forgetAll() {
        young = new KeyTable(generationBytes);
        elder = new KeyTable(generationBytes);
        settled = true;
    }

    /// The memory it takes, but for a few fixed objects.
    long heldBytes() {
        return young.heldBytes() + elder.heldBytes();
    }

    private boolean isKept(Bytes key) {
        return key.length() <= LONGEST_KEY && KeyTable.entryBytes(key) <= generationBytes;
    }

    private long hash(byte[] key) {
        long hash = seed;
        for (byte octet : key) {
            hash = (hash ^ octet) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
