package autolog;

import ml.dmlc.xgboost4j.scala.spark.XGBoostClassificationModel;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import ml.dmlc.xgboost4j.scala.spark.XGBoostTrainingSummary;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.collection.Iterator;

/** Trains XGBoost4J-Spark with two workers, and prints the history that its model has. */
public class SparkXGBoostTraining {

    public static void main(String[] args) throws java.io.IOException {
        try (SparkSession spark = SparkSession.builder().appName("boosted").getOrCreate()) {
            Dataset<Row> data = new VectorAssembler()
                    .setInputCols(new String[] {"x", "y"})
                    .setOutputCol("features")
                    .transform(spark.range(0, Integer.parseInt(args[1]), 1, 2)
                            .selectExpr(
                                    "sin(id) x",
                                    "cos(id * 1.7) y",
                                    "case when sin(id) + cos(id * 1.7) + 0.4 * sin(id * 31) > 0 then 1.0 else 0.0 end label"))
                    .cache();
            XGBoostClassifier classifier = new XGBoostClassifier();
            classifier.setNumRound(Integer.parseInt(args[0]));
            classifier.setNumWorkers(2);
            classifier.setMaxDepth(3);
            classifier.setEvalMetric("logloss");
            classifier.setEvalDataset(data);
            XGBoostClassificationModel model = (XGBoostClassificationModel) classifier.fit(data);
            System.out.println("== spark");
            XGBoostTrainingSummary summary = model.summary().get();
            print("trainObjectiveHistory", summary.trainObjectiveHistory());
            Iterator<?> sets = ((scala.collection.Iterable<?>) summary.validationObjectiveHistory()).iterator();
            while (sets.hasNext()) {
                scala.Tuple2<?, ?> set = (scala.Tuple2<?, ?>) sets.next();
                print("validationObjectiveHistory/" + set._1(), (float[]) set._2());
            }
        } finally {
            System.out.println("finally");
        }
    }

    private static void print(String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            System.out.println(i + " " + name + " = " + values[i]);
        }
    }
}
