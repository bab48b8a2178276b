using BenchmarkDotNet.Running;
using StalwartHardening.Benchmarks;

// dotnet run -c Release --project tests/StalwartHardening.Benchmarks -- --filter '*'
// dotnet run -c Release --project tests/StalwartHardening.Benchmarks -- analyzers
if (args is ["analyzers", ..])
    await AnalyzerCost.Report();
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
