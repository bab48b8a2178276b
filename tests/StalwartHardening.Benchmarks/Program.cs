using BenchmarkDotNet.Running;
using StalwartHardening.Benchmarks;

// dotnet run -c Release --project tests/StalwartHardening.Benchmarks -- --filter '*'
// dotnet run -c Release --project tests/StalwartHardening.Benchmarks -- analyzers
// dotnet run -c Release --project tests/StalwartHardening.Benchmarks -- fixes
if (args is ["analyzers", ..])
    await AnalyzerCost.Report();
else if (args is ["fixes", ..])
    await FixAllCost.Report();
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
