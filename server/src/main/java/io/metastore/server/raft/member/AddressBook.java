package io.metastore.server.raft.member;

import io.metastore.server.file.Durable;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file with the places of all members, beside the log. After a crash the table of members is as old as the state
/// that was durable, and the log tells what came later only once others are reached: where they moved must be known
/// before.
///
///     applied 1042
///     8e9e05c52164694d 10.0.0.1:2380
///     91bc3c398fb3c146 10.0.0.7:2380
///
/// One thread at a time notes; any thread asks.
public final class AddressBook {
    private static final Logger LOG = LoggerFactory.getLogger(AddressBook.class);
    private static final String APPLIED = "applied ";

    private final Path file;
    private volatile Page page;
    private Membership noted = Membership.NONE;

    /// @param applied the index of an entry that had been applied when the places were these
    private record Page(long applied, Map<String, String> places) {
        static final Page EMPTY = new Page(0, Map.of());

        static Page parse(List<String> lines) {
            long applied = Long.parseLong(lines.getFirst().substring(APPLIED.length()));
            return new Page(
                    applied,
                    lines.stream()
                            .skip(1)
                            .map(line -> line.split(" ", 2))
                            .collect(Collectors.toUnmodifiableMap(words -> words[0], words -> words[1])));
        }

        String text() {
            return APPLIED + applied + "\n"
                    + places.entrySet().stream()
                            .map(place -> place.getKey() + " " + place.getValue() + "\n")
                            .collect(Collectors.joining());
        }
    }

    /// Opens the file, which need not be there. One that cannot be read is as none.
    public AddressBook(Path file) {
        this.file = file;
        this.page = read(file);
    }

    private static Page read(Path file) {
        try {
            return Files.exists(file) ? Page.parse(Files.readAllLines(file)) : Page.EMPTY;
        } catch (IOException | RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("cause", e)
                    .log("the places of the other members cannot be read, those that the state knows are used");
            return Page.EMPTY;
        }
    }

    /// Where the member was, if this file knows better than the state: than what had been applied up to `applied`.
    public Optional<String> place(MemberId member, long applied) {
        var now = page;
        return applied < now.applied() ? Optional.ofNullable(now.places().get(member.toString())) : Optional.empty();
    }

    /// Keeps where the members are, if that changed. When the disk takes nothing it is tried again the next time.
    ///
    /// @param applied read before `members` was
    public void note(long applied, Membership members) {
        if (members.equals(noted) || applied < page.applied()) {
            return;
        }
        var places = new TreeMap<String, String>();
        for (Member member : members.all()) {
            places.put(member.id().toString(), RaftPeers.address(member.peerUrls()));
        }
        try {
            if (!places.equals(page.places())) {
                var next = new Page(applied, places);
                Durable.replace(file, next.text().getBytes(StandardCharsets.UTF_8));
                page = next;
            }
            noted = members;
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("cause", e)
                    .log("the places of the other members cannot be written");
        }
    }
}
