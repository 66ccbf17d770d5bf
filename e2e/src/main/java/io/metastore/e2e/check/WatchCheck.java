package io.metastore.e2e.check;

import io.metastore.e2e.history.Event;
import io.metastore.e2e.history.Watch;
import io.metastore.e2e.model.Past;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a watch told, held against all changes that there were. It must be ordered by revision, tell each
/// change once, each revision at once and none skipped, and bookmarks must not run ahead:
///
///     changes of a    2  4  5            a watch from 3 tells      4, 5        right
///                                                                  5           skipped 4
///                                                                  4, 4, 5     told 4 twice
///                                                                  progress 5  a bookmark ahead of 4
public final class WatchCheck {
    private final Watch watch;
    private final Past past;
    private final long compacted;
    private final List<String> violations = new ArrayList<>();
    /// All that is wanted before this revision has been told.
    private long next;

    private boolean ended;

    private WatchCheck(Watch watch, Past past, long compacted) {
        this.watch = watch;
        this.past = past;
        this.compacted = compacted;
        next = watch.asked().start();
    }

    /// What is wrong, one sentence each.
    ///
    /// @param past all changes until after the last thing that was told
    /// @param compacted the greatest revision that anybody asked to compact to; 0 for none
    public static List<String> violations(Watch watch, Past past, long compacted) {
        var check = new WatchCheck(watch, past, compacted);
        watch.told().forEach(check::look);
        return check.violations.stream()
                .map(violation -> watch.name() + " " + watch.asked() + ": " + violation)
                .toList();
    }

    private void look(Watch.Told told) {
        if (ended) {
            wrong("told after its end: " + told);
            return;
        }
        switch (told) {
            case Watch.Created created -> created(created);
            case Watch.Events events -> events(events);
            case Watch.Progress progress -> progress(progress.revision());
            case Watch.Canceled canceled -> canceled(canceled);
        }
    }

    private void created(Watch.Created created) {
        if (created.revision() > past.revision()) {
            wrong("created at revision " + created.revision() + ", which never was");
        }
        if (watch.asked().start() == 0) {
            next = created.revision() + 1;
        }
    }

    private void events(Watch.Events events) {
        if (next == 0) {
            wrong("told before it was created: " + events);
            return;
        }
        var revisions = byRevision(events.events());
        revisions.forEach(this::revision);
        if (events.revision() < next - 1) {
            wrong("the header is of revision " + events.revision() + ", behind its events up to " + (next - 1));
        }
        if (events.events().isEmpty()) {
            wrong("a response without events that is no progress");
        }
    }

    /// The events of each revision, in the order in which they were told; a revision that comes back is not
    /// joined.
    private Map<Long, List<Event>> byRevision(List<Event> events) {
        var revisions = new LinkedHashMap<Long, List<Event>>();
        long last = 0;
        for (var event : events) {
            long revision = event.row().mod();
            if (revision < last) {
                wrong("not ordered: " + revision + " after " + last);
            }
            last = revision;
            revisions.computeIfAbsent(revision, _ -> new ArrayList<>()).add(event);
        }
        return revisions;
    }

    private void revision(long revision, List<Event> told) {
        if (revision > past.revision()) {
            wrong("told of revision " + revision + ", which never was: " + told);
            return;
        }
        if (revision < next) {
            wrong("told " + (revision < watch.asked().start() ? "of what was before its start, " : "twice, ")
                    + "revision " + revision + ": " + told);
            return;
        }
        nothingWasSkipped(revision);
        var expected = wanted(revision);
        if (told.size() < expected.size()
                && expected.stream()
                        .map(Event::row)
                        .toList()
                        .containsAll(told.stream().map(Event::row).toList())) {
            wrong("split revision " + revision + ": told " + told + " of " + expected);
        } else if (told.size() != expected.size()) {
            wrong("told " + told + " where the changes are " + expected);
        } else {
            for (int i = 0; i < told.size(); i++) {
                event(told.get(i), expected.get(i));
            }
        }
        next = revision + 1;
    }

    private void event(Event told, Event expected) {
        if (told.isPut() && told.isCreate() != expected.isCreate()) {
            wrong("told as " + (told.isCreate() ? "created" : "modified") + " what was not: " + told);
        } else if (!told.row().equals(expected.row())) {
            wrong("told " + told.row() + " where the change is " + expected.row());
        }
        if (!previousFits(told, expected)) {
            wrong("told that before " + told.row() + " there was " + told.previous() + " where there was "
                    + expected.previous());
        }
    }

    private boolean previousFits(Event told, Event expected) {
        if (!watch.asked().previous()) {
            return told.previous().isEmpty();
        }
        boolean forgotten = told.previous().isEmpty() && told.row().mod() - 1 < compacted;
        return forgotten || told.previous().equals(expected.previous());
    }

    private void progress(long revision) {
        if (revision > past.revision()) {
            wrong("a bookmark of revision " + revision + ", which never was");
            return;
        }
        if (revision < watch.asked().start() - 1) {
            wrong("a bookmark of revision " + revision + " before its start");
            return;
        }
        if (revision < next - 1) {
            wrong("a bookmark of revision " + revision + " after all up to " + (next - 1) + " had been told");
            return;
        }
        nothingWasSkipped(revision + 1);
        next = revision + 1;
    }

    private void canceled(Watch.Canceled canceled) {
        ended = true;
        if (canceled.compacted() != 0 && (next >= canceled.compacted() || canceled.compacted() > compacted)) {
            wrong("cancelled as compacted at " + canceled.compacted() + ", with all before " + next
                    + " told and nothing compacted behind " + compacted);
        }
    }

    private void nothingWasSkipped(long before) {
        for (long revision = Math.max(next, 2); revision < before; revision++) {
            var skipped = wanted(revision);
            if (!skipped.isEmpty()) {
                wrong("skipped revision " + revision + " before " + before + ": " + skipped);
            }
        }
    }

    private List<Event> wanted(long revision) {
        return past.changes(revision).stream()
                .filter(event -> watch.asked().keys().contains(event.row().key()))
                .filter(event ->
                        event.isPut() ? watch.asked().puts() : watch.asked().deletes())
                .map(event -> watch.asked().previous() ? event : new Event(event.row(), Optional.empty()))
                .toList();
    }

    private void wrong(String what) {
        violations.add(what);
    }
}
