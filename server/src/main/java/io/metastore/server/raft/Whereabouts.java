package io.metastore.server.raft;

import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import io.metastore.server.raft.member.AddressBook;
import io.metastore.server.raft.member.RaftPeers;
import io.metastore.server.raft.peer.Destination;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.server.RaftServer;

/// Where members are now. Ratis keeps the address with which a member was added and ignores that one changes;
/// here it is only the name of that member, and where to find it says the table of members. A wrong entry
/// there must not let one process answer for two members, so each call also says whom it is for.
///
/// @param applied the index up to which `members` is true
record Whereabouts(RaftServer.Division division, LongSupplier applied, Supplier<Membership> members, AddressBook book)
        implements Function<String, Destination> {
    /// To be called every now and then.
    void tick() {
        long index = applied.getAsLong();
        book.note(index, members.get());
    }

    @Override
    public Destination apply(String address) {
        var named = RaftPeers.named(address);
        if (named.isPresent()) {
            return destination(named.get(), address);
        }
        var configuration = division.getRaftConf();
        return Stream.of(RaftPeerRole.FOLLOWER, RaftPeerRole.LISTENER)
                .flatMap(role -> configuration.getAllPeers(role).stream())
                .filter(peer -> peer.getAddress().equals(address))
                .findFirst()
                .map(peer -> destination(RaftPeers.id(peer.getId()), address))
                .orElseGet(() -> new Destination(address, Optional.empty()));
    }

    private Destination destination(MemberId member, String address) {
        var place = book.place(member, applied.getAsLong())
                .or(() -> members.get().find(member).map(Member::peerUrls).map(RaftPeers::address))
                .orElse(address);
        return new Destination(place, Optional.of(RaftPeers.id(member).toString()));
    }
}
