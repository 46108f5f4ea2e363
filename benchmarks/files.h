// The files of a store or database: the one at `path` and all beside it whose names begin with its own.
#ifndef JICENG_BENCHMARKS_FILES_H_
#define JICENG_BENCHMARKS_FILES_H_

#include <string>

namespace jiceng::benchmarks {

// The path of another of the same kind: "/data/x" beside "again_" is "/data/again_x".
std::string Beside(const std::string& path, const std::string& prefix);

double BytesOfFiles(const std::string& path);
void RemoveFiles(const std::string& path);
// Copies the files of `path`, closed by everyone, to `copy`.
void CopyFiles(const std::string& path, const std::string& copy);
// Puts the files, or all below a directory, on the disk and out of the page cache.
void EvictFiles(const std::string& path);

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_FILES_H_
