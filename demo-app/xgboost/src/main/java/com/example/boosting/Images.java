package com.example.boosting;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Images of handwritten digits.
 *
 * @param matrix their pixels and digits, as XGBoost takes them
 * @param digits what they show
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares images
record Images(DMatrix matrix, float[] digits) {

    private static final int PIXELS = 64;
    private static final String FILE = "/com/example/digits/digits.csv.gz";

    /** Some of the images, by their numbers. */
    static Images of(List<String> lines, IntPredicate chosen) throws XGBoostError {
        int[] numbers = IntStream.range(0, lines.size()).filter(chosen).toArray();
        float[] pixels = new float[numbers.length * PIXELS];
        float[] digits = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            String[] words = lines.get(numbers[i]).split(",", -1);
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                pixels[i * PIXELS + pixel] = Float.parseFloat(words[pixel]);
            }
            digits[i] = Float.parseFloat(words[PIXELS]);
        }
        DMatrix matrix = new DMatrix(pixels, numbers.length, PIXELS, Float.NaN);
        matrix.setLabel(digits);
        return new Images(matrix, digits);
    }

    /** All images as the file has them, one a line: 64 pixels and the digit. */
    static List<String> lines() throws IOException {
        try (InputStream file = Images.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new FileNotFoundException(FILE + " is not on the class path");
            }
            return new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))
                    .lines()
                    .toList();
        }
    }
}
