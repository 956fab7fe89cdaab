package com.example.digits;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.evaluation.TrainTestSplitter;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * The images, in three parts. Models are trained on the first part and compared on the second. The best model is evaluated on the third,
 * which had no part in the choice.
 */
record Digits(Dataset<Label> training, Dataset<Label> validation, Dataset<Label> heldOut) {

    static final int PIXELS = 64;

    private static final double DARKEST = 16;
    private static final LabelFactory LABELS = new LabelFactory();
    private static final String[] PIXEL_NAMES = IntStream.range(0, PIXELS)
            .mapToObj(i -> "row%d-col%d".formatted(i / 8, i % 8))
            .toArray(String[]::new);

    /** Splits the images 60 : 20 : 20; the same seed always gives the same parts. */
    static Digits split(List<Example<Label>> images, long seed) {
        var outer = new TrainTestSplitter<>(source(images), 0.8, seed);
        var learning = new MutableDataset<>(outer.getTrain());
        var inner = new TrainTestSplitter<>(source(learning.getData()), 0.75, seed);
        return new Digits(
                new MutableDataset<>(inner.getTrain()),
                new MutableDataset<>(inner.getTest()),
                new MutableDataset<>(outer.getTest()));
    }

    /** Reads all images from the class path. */
    static List<Example<Label>> load() throws IOException {
        try (InputStream file = Digits.class.getResourceAsStream("digits.csv.gz")) {
            if (file == null) {
                throw new FileNotFoundException("digits.csv.gz is not on the class path beside " + Digits.class);
            }
            var csv = new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII));
            return csv.lines().map(Digits::image).toList();
        }
    }

    private static Example<Label> image(String line) {
        double[] numbers = Arrays.stream(line.split(",", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        if (numbers.length != PIXELS + 1) {
            throw new IllegalArgumentException("expected 64 pixels and a digit: " + line);
        }
        double[] pixels =
                Arrays.stream(numbers, 0, PIXELS).map(ink -> ink / DARKEST).toArray();
        return new ArrayExample<>(new Label(Integer.toString((int) numbers[PIXELS])), PIXEL_NAMES, pixels);
    }

    private static ListDataSource<Label> source(List<Example<Label>> images) {
        return new ListDataSource<>(images, LABELS, new SimpleDataSourceProvenance("optical digits", LABELS));
    }
}
