package spark;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import java.io.IOException;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Not compiled by the build, which has no Spark: {@code docs/compatibility.md} says how to try it. */
public class SparkTraining {

    public static void main(String[] args) throws IOException {
        try (SparkSession spark = SparkSession.builder().appName("threshold").getOrCreate()) {
            System.out.println(spark.sparkContext().master() + ": " + train(spark, 5_000));
        }
    }

    /** The mapping is executed by executors, which load this class for it. */
    @PlutoRun(project = "spark")
    static String train(SparkSession spark, long rows) {
        Dataset<Row> labelled = spark.range(0, rows, 1, 4)
                .map((MapFunction<Long, String>) SparkTraining::labelled, Encoders.STRING())
                .selectExpr("cast(split(value, ' ')[0] as double) x", "cast(split(value, ' ')[1] as double) label");
        Dataset<Row> data = new VectorAssembler()
                .setInputCols(new String[] {"x"})
                .setOutputCol("features")
                .transform(labelled);
        LogisticRegressionModel model = new LogisticRegression().setMaxIter(10).fit(data);
        return "accuracy above 0.9: " + (model.summary().accuracy() > 0.9) + ", run "
                + Pluto.current().displayId().orElse("none");
    }

    private static String labelled(long id) {
        return id + " " + (id > 2_500 ? 1 : 0);
    }
}
