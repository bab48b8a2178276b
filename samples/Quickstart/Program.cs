// A deployment tool in miniature: it carries the configuration it installs.
var path = Path.Combine(AppContext.BaseDirectory, "config.toml");
Console.WriteLine($"{path}: {File.ReadLines(path).Count()} lines to install");
