package io.metastore.server.bolt;

import io.metastore.server.model.Bytes;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A walk over the rows of one bucket, before the first at the beginning. It holds one page of each height. For one
/// thread, and only while the file is open.
///
/// Keys must ascend over the whole walk, and lie between those of the branches above them; so no damage can send it
/// in circles.
public final class RowCursor {
    /// Any tree is lower: of this height it had more pages than fit on a disk.
    private static final int GREATEST_HEIGHT = 64;

    private final PageVisitor visitor;
    private final ArrayDeque<Place> path = new ArrayDeque<>();
    private @Nullable Bytes last;

    /// Reads a page, and may look at it.
    interface PageVisitor {
        StoredPage visit(long id);
    }

    /// A page on the way down, and how far the walk is in it.
    private static final class Place {
        final StoredPage page;
        final @Nullable Bytes end;
        int element = -1;

        /// @param end all keys of the page are below it; null for no limit
        Place(StoredPage page, @Nullable Bytes end) {
            this.page = page;
            this.end = end;
        }
    }

    /// @param root the page at the top
    RowCursor(StoredPage root, PageVisitor visitor) {
        this.visitor = visitor;
        path.push(new Place(root, null));
    }

    private RowCursor(PageVisitor visitor) {
        this.visitor = visitor;
    }

    /// A walk over nothing.
    public static RowCursor empty() {
        return new RowCursor(id -> {
            throw new IllegalStateException("there is no page " + id);
        });
    }

    /// Moves to the next row; false when there is none.
    ///
    /// @throws DamagedFileException when the next page, or the row, cannot be
    public boolean next() {
        while (!path.isEmpty()) {
            var place = path.element();
            place.element++;
            if (place.element == place.page.elements()) {
                path.pop();
            } else if (place.page.isLeaf()) {
                checkOrder(place);
                return true;
            } else {
                descend(place);
            }
        }
        return false;
    }

    public Bytes key() {
        return place().page.key(place().element);
    }

    public Bytes value() {
        return place().page.value(place().element);
    }

    /// Whether the row is a bucket in this one.
    boolean isBucket() {
        return place().page.isBucket(place().element);
    }

    /// The page that the row lies in.
    long page() {
        return place().page.id();
    }

    private Place place() {
        return path.element();
    }

    private void descend(Place place) {
        var key = place.page.key(place.element);
        if (last != null && key.compareTo(last) <= 0) {
            throw damaged(place, "begins with a key that is not above those before it");
        }
        if (place.end != null && key.compareTo(place.end) >= 0) {
            throw damaged(place, "begins with a key that belongs into a later page");
        }
        if (path.size() == GREATEST_HEIGHT) {
            throw damaged(place, "is below " + GREATEST_HEIGHT + " others");
        }
        int following = place.element + 1;
        var end = following < place.page.elements() ? place.page.key(following) : place.end;
        path.push(new Place(visitor.visit(place.page.child(place.element)), end));
    }

    private void checkOrder(Place place) {
        var key = place.page.key(place.element);
        if (last != null && key.compareTo(last) <= 0) {
            throw damaged(place, "has a key that is not above the one before it");
        }
        if (place.end != null && key.compareTo(place.end) >= 0) {
            throw damaged(place, "has a key that belongs into a later page");
        }
        last = key;
    }

    private static DamagedFileException damaged(Place place, String reason) {
        return DamagedFileException.page(place.page.id(), "element " + place.element + " " + reason);
    }
}
