package io.metastore.server;

import io.metastore.server.apply.Position;
import io.metastore.server.cli.Tool;
import io.metastore.server.cluster.MemberTable;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.StorageEngine;
import io.metastore.server.datadir.StoppedMember;
import io.metastore.server.model.Member;
import io.metastore.server.model.Membership;
import io.metastore.server.model.Sha256;
import io.metastore.server.mvcc.MvccStore;
import io.metastore.server.raft.QuorumRecovery;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/// Lets one member of a cluster that lost its majority go on alone, when it was asked twice: the first time it tells
/// what it found and what to say the second time, which fits only this state of this member.
record Recovery(Tool.RecoverQuorum asked, PrintStream out, Path nativeLibraries) {
    private static final int TOKEN_BYTES = 6;

    /// What the store holds.
    private record Stored(Position applied, long revision, Membership members) {}

    /// Looks, and does it when the confirmation fits.
    ///
    /// @return what is wrong with the confirmation; nothing when it was done, or need not be
    /// @throws ConfigException when it cannot be done with this directory
    Optional<String> run() throws IOException {
        try (var member = StoppedMember.open(asked.dataDir(), asked.logDir())) {
            refuseWitness(member);
            var stored = stored(member);
            var log = new QuorumRecovery(member.clusterId(), member.memberId(), member.raft(), stored.applied());
            var found = log.look();
            var survivor = survivor(member, stored, found);
            var text = new RecoveryText(member, found);
            print(text.found(stored.applied(), stored.revision(), stored.members()));
            if (found.isAlone(member.memberId())) {
                print(text.alone());
                return Optional.empty();
            }
            var token = token(member, found, stored.applied());
            if (!asked.confirmation().equals(Optional.of(token))) {
                print(text.warning(survivor, confirming(token)));
                return Optional.of(
                        asked.confirmation().isEmpty()
                                ? "nothing was changed: to be sure, ask again with --confirm=" + token
                                : "nothing was changed: the confirmation is not for what was found here");
            }
            print(text.done(log.goAlone(survivor)));
            return Optional.empty();
        }
    }

    private static void refuseWitness(StoppedMember member) {
        if (member.engine() == StorageEngine.WITNESS) {
            throw new ConfigException("the directory " + member.dataDir() + " is of the witness \""
                    + member.name() + "\", which keeps no keys: there is nothing to go on with. Run this on a member "
                    + "with data; if all of those are lost, restore a backup with metastore snapshot restore");
        }
    }

    private Stored stored(StoppedMember member) {
        try (var storage = Engines.look(member.engine(), member.store(), nativeLibraries);
                var snapshot = storage.snapshot()) {
            return new Stored(
                    Position.read(snapshot),
                    MvccStore.open(storage).revision(),
                    MemberTable.open(storage).membership());
        }
    }

    private static Member survivor(StoppedMember member, Stored stored, QuorumRecovery.Found found) {
        if (found.isEmpty()) {
            throw new ConfigException("the member \"" + member.name() + "\" in " + member.dataDir()
                    + " has got nothing of the cluster yet: its log and its store are empty. Take another one");
        }
        return stored.members()
                .find(member.memberId())
                .or(() -> found.members().stream()
                        .filter(known -> known.id().equals(member.memberId()))
                        .findFirst())
                .orElseThrow(() -> new ConfigException("the member \"" + member.name() + "\" in " + member.dataDir()
                        + " does not belong to the cluster by all that it knows. Take another one"));
    }

    /// Of what the decision is about: another member, or one more entry, make another token.
    private static String token(StoppedMember member, QuorumRecovery.Found found, Position applied) {
        var text = String.join(
                " ",
                Long.toHexString(member.clusterId()),
                member.memberId().toString(),
                found.last().toString(),
                applied.toString());
        var digest = Sha256.start().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, TOKEN_BYTES);
    }

    private String confirming(String token) {
        var logDir = asked.logDir().equals(asked.dataDir()) ? "" : " --wal-dir=" + asked.logDir();
        return "metastore recover-quorum --data-dir=" + asked.dataDir() + logDir + " --confirm=" + token;
    }

    private void print(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
