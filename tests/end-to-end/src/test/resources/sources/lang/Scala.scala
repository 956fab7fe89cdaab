package lang

import io.plutorun.{Pluto, PlutoRun}

def id: String = Pluto.current().displayId().orElse("nobody")

@PlutoRun(project = "scala")
def topLevel(epochs: Int = 3): String = s"top level, $epochs epochs: $id"

trait Fitted:
  @PlutoRun(project = "scala")
  def inTrait(): String = s"trait: $id"

class Model(rate: Double) extends Fitted:
  @PlutoRun(project = "scala", captureArguments = true)
  def member(epochs: Int): String = s"member, $epochs epochs at $rate: $id"

object Model:
  @PlutoRun(project = "scala")
  def inCompanion(): String = s"companion: $id"

object Single:
  @PlutoRun(project = "scala")
  def inObject(): String = s"object: $id"

case class Point(x: Int):
  @PlutoRun(project = "scala")
  def ofCase: String = s"case $x: $id"

@main def trainAll(): Unit =
  println(topLevel())
  println(Model(0.1).member(5))
  println(Model(0.1).inTrait())
  println(Model.inCompanion())
  println(Single.inObject())
  println(Point(1).ofCase)

object Program:
  def main(args: Array[String]): Unit = println(topLevel())
