using BenchmarkDotNet.Running;
using StalwartHardening.Benchmarks;

// dotnet run -c Release --project tests/StalwartHardening.Benchmarks -- --filter '*'
// dotnet run -c Release --project tests/StalwartHardening.Benchmarks -- best
// dotnet run -c Release --project tests/StalwartHardening.Benchmarks -- analyzers
// dotnet run -c Release --project tests/StalwartHardening.Benchmarks -- plans docs/performance.md
// dotnet run -c Release --project tests/StalwartHardening.Benchmarks -- fixes
// dotnet run -c Release --project tests/StalwartHardening.Benchmarks -- sizes src/StalwartHardening.Configuration/StalwartHardening.Configuration.csproj docs/performance.md
// dotnet run -c Release --project tests/StalwartHardening.Benchmarks -- costs docs/performance.md FOLDER_WITH_CSHARP_OF_OTHERS...
if (args is ["costs", .. var rest])
    await EditingCost.Report(rest.FirstOrDefault(), [.. rest.Skip(1)]);
else if (args is ["sizes", var library, .. var pages])
    PublishedSize.Report(pages.FirstOrDefault(), library);
else if (args is ["analyzers", ..])
    await AnalyzerCost.Report();
else if (args is ["best", ..])
    BestRounds.Report();
else if (args is ["plans", ..])
    PlanCost.Report(args.ElementAtOrDefault(1));
else if (args is ["fixes", ..])
    await FixAllCost.Report();
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
