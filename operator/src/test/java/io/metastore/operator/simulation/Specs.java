package io.metastore.operator.simulation;

import io.metastore.operator.spec.Wanted;
import io.metastore.operator.testkit.Clusters;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/// Specs by chance, each as the API server would store it.
final class Specs {
    private static final int[][] SHAPES = {{1, 0}, {2, 1}, {3, 0}, {5, 0}, {4, 1}, {3, 0}};
    private static final Map<String, Wanted> UNDERSTOOD = new HashMap<>();

    private Specs() {}

    /// @param edits how often the settings were changed so far; another number is another build
    record Shape(int members, int witness, int edits, boolean broken, String further) {
        Wanted wanted() {
            var image = "metastore-server:" + (broken ? "broken" : "good");
            var text = "members: %d\nwitness: {replicas: %d}\nimage: %s\nconfig: {max-txn-ops: '%d'}\n%s"
                    .formatted(members, witness, image, 100 + edits, further);
            return UNDERSTOOD.computeIfAbsent(text, spec -> Wanted.of(Clusters.demo(spec), "metastore-server"));
        }

        Shape with(String text) {
            return new Shape(members, witness, edits, broken, text);
        }
    }

    static Shape any(Random random) {
        var shape = SHAPES[random.nextInt(SHAPES.length)];
        return new Shape(shape[0], shape[1], random.nextInt(2), false, further(random));
    }

    static Shape edited(Shape shape, Random random) {
        return new Shape(shape.members, shape.witness, (shape.edits + 1) % 2, random.nextInt(4) == 0, shape.further);
    }

    static Shape resized(Shape shape, Random random) {
        var size = SHAPES[random.nextInt(SHAPES.length)];
        return new Shape(size[0], size[1], shape.edits, shape.broken, shape.further);
    }

    private static String further(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "storage: {retention: {whenScaled: Retain}}";
            case 1 -> "services: {leader: {enabled: true}}";
            case 2 -> "availability: {replaceLostMembersAfter: 5m}";
            default -> "";
        };
    }
}
