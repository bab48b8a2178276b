using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/StalwartHardening.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
