#include "base/status.h"

#include <gtest/gtest.h>

namespace jiceng::base {
namespace {

TEST(Status, ErrorCarriesItsReasonAndField) {
  const absl::Status status =
      Error(absl::StatusCode::kNotFound, "UNKNOWN_REFERENCE", "no such unit", "units.csv:12:parent_code");
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status.message(), "no such unit");
  EXPECT_EQ(ErrorReason(status), "UNKNOWN_REFERENCE");
  EXPECT_EQ(ErrorField(status), "units.csv:12:parent_code");
}

TEST(Status, ReasonFallsBackToTheNameOfTheCode) {
  EXPECT_EQ(ErrorReason(absl::UnavailableError("busy")), "UNAVAILABLE");
  EXPECT_EQ(ErrorField(absl::UnavailableError("busy")), "");
  EXPECT_EQ(ErrorReason(absl::OkStatus()), "OK");
}

TEST(Status, FieldMayBeLeftOut) {
  EXPECT_EQ(ErrorField(Error(absl::StatusCode::kInvalidArgument, "BAD_ID", "empty text")), "");
}

TEST(Status, AnErrorGetsThePlaceItWasFoundAtAndKeepsTheRest) {
  const absl::Status status =
      AtField(Error(absl::StatusCode::kInvalidArgument, "BAD_ID", "empty text", "id"), "nodes[3].id");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "empty text");
  EXPECT_EQ(ErrorReason(status), "BAD_ID");
  EXPECT_EQ(ErrorField(status), "nodes[3].id");
  EXPECT_TRUE(AtField(absl::OkStatus(), "nodes[3].id").ok());
}

absl::StatusOr<int> Halve(int n) {
  if (n % 2 != 0) return Error(absl::StatusCode::kInvalidArgument, "ODD", "an odd number", "n");
  return n / 2;
}
absl::StatusOr<int> Quarter(int n) {
  ASSIGN_OR_RETURN(const int half, Halve(n));
  ASSIGN_OR_RETURN(const int quarter, Halve(half));
  return quarter;
}
absl::Status MustBeEven(int n) {
  RETURN_IF_ERROR(Halve(n).status());
  return absl::OkStatus();
}

TEST(Status, MacrosPassTheErrorUpUntouched) {
  EXPECT_EQ(Quarter(12).value(), 3);
  EXPECT_EQ(ErrorReason(Quarter(6).status()), "ODD");
  EXPECT_EQ(ErrorField(Quarter(6).status()), "n");
  EXPECT_TRUE(MustBeEven(2).ok());
  EXPECT_EQ(ErrorReason(MustBeEven(3)), "ODD");
}

}  // namespace
}  // namespace jiceng::base
