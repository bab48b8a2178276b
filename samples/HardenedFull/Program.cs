// A deployment tool in miniature: it carries the configuration it installs.
using var stream = typeof(Program).Assembly.GetManifestResourceStream("config.toml")!;
using var reader = new StreamReader(stream);
Console.WriteLine($"config.toml: {reader.ReadToEnd().Split('\n').Length - 1} lines to install");
